package io.github.bellhop.simulator.clerk;

import io.github.bellhop.event.EventType;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** The sessions of an instance's users. One that is over stays in the list and never comes back to life. */
public final class Sessions {
    private static final Set<String> OF_CREATION = Set.of("user_id", "active_organization_id");
    private static final Set<String> ALIVE = Set.of("active", "pending");

    private final Kernel kernel;
    private final Tables tables;
    private final Views views;
    private final Listing listing;

    Sessions(Kernel kernel, Tables tables, Views views) {
        this.kernel = kernel;
        this.tables = tables;
        this.views = views;
        this.listing = new Listing(tables.sessions);
    }

    /** Signs a user in. The user's times of sign-in and activity move, of which no event tells but the session's. */
    public ObjectNode signIn(String userId) {
        return kernel.locked(() -> begin(userId, "active", null, EventType.SESSION_CREATED));
    }

    /** Signs a user in who has something left to do, such as choosing an organization. */
    public ObjectNode signInPending(String userId) {
        return kernel.locked(() -> begin(userId, "pending", null, EventType.SESSION_PENDING));
    }

    /** Signs a user in by the parameters of {@code POST /sessions}. */
    public ObjectNode create(ObjectNode given) {
        Params params = Params.of(given, OF_CREATION);
        return kernel.locked(() -> {
            String organization = params.text("active_organization_id");
            if (organization != null) {
                tables.organizations.get(organization);
            }
            return begin(params.requiredText("user_id"), "active", organization, EventType.SESSION_CREATED);
        });
    }

    private ObjectNode begin(String userId, String status, @Nullable String organization, EventType type) {
        ObjectNode user = tables.users.get(userId);
        for (String obstacle : List.of("banned", "locked", "deprovisioned")) {
            if (user.path(obstacle).asBoolean(false)) {
                throw ClerkRefusedException.of(
                        403, "user_" + obstacle, "not allowed", "The user " + userId + " is " + obstacle + ".");
            }
        }
        ObjectNode session = kernel.shape("session", kernel.newId("sess"), Map.of("user", userId));
        session.remove("user");
        session.put("client_id", kernel.newId("client")).put("status", status);
        session.put("last_active_organization_id", organization);
        if (status.equals("pending")) {
            session.putNull("latest_activity");
        }
        ObjectNode active = user.deepCopy();
        active.put("last_sign_in_at", kernel.now()).put("last_active_at", kernel.now());
        tables.users.put(active);
        tables.sessions.put(session);
        kernel.emit(type, views.sessionEvent(session));
        return session.deepCopy();
    }

    /** Ends what was left to do: a pending session becomes active. */
    public ObjectNode activate(String id) {
        return move(id, "active", EventType.SESSION_CREATED);
    }

    /** Signs the user out of one session. */
    public ObjectNode end(String id) {
        return move(id, "ended", EventType.SESSION_ENDED);
    }

    /** Takes a session away from its user. */
    public ObjectNode revoke(String id) {
        return move(id, "revoked", EventType.SESSION_REVOKED);
    }

    /** Signs the user out and lets the client forget the session. */
    public ObjectNode remove(String id) {
        return move(id, "removed", EventType.SESSION_REMOVED);
    }

    private ObjectNode move(String id, String status, EventType type) {
        return kernel.locked(() -> {
            ObjectNode session = tables.sessions.get(id);
            boolean alive = ALIVE.contains(Tables.text(session, "status"));
            return kernel.change(
                            tables.sessions,
                            session,
                            changed -> changed.put("status", alive ? status : Tables.text(session, "status")),
                            moved -> kernel.emit(type, views.sessionEvent(moved)))
                    .deepCopy();
        });
    }

    /** The session of this id. */
    public ObjectNode get(String id) {
        return kernel.locked(() -> tables.sessions.get(id).deepCopy());
    }

    /** A part of the sessions of a user, or else of a client. */
    public Page list(
            PageRequest request, @Nullable String userId, @Nullable String clientId, Predicate<ObjectNode> filter) {
        return kernel.locked(() -> {
            NavigableMap<Table.Place, ObjectNode> rows =
                    userId != null ? tables.sessionsByUser.of(userId) : tables.sessionsByClient.of("" + clientId);
            Predicate<ObjectNode> ofClient = session ->
                    clientId == null || Tables.text(session, "client_id").equals(clientId);
            return listing.page(rows, request, filter.and(ofClient)).map(ObjectNode::deepCopy);
        });
    }

    void revokeAll(String userId) {
        tables.sessionsByUser.list(userId).forEach(session -> revoke(Tables.text(session, "id")));
    }

    /** Removes the sessions of a user who is about to be deleted. */
    void removeAll(String userId) {
        if (kernel.cascadesEvents()) {
            revokeAll(userId);
        }
        tables.sessionsByUser.list(userId).forEach(session -> tables.sessions.remove(Tables.text(session, "id")));
    }
}
