package io.github.bellhop.simulator.clerk;

import io.github.bellhop.event.EventType;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** The sessions of an instance's users. An ended session stays in the list and never becomes active again. */
public final class Sessions extends Resource {
    private static final Set<String> OF_CREATION = Set.of("user_id", "active_organization_id");
    private static final Set<String> LIVE_STATUSES = Set.of("active", "pending");

    Sessions(Kernel kernel) {
        super(
                kernel,
                kernel.tables.sessions,
                Kind.of("session", "sess").seen(ObjectNode::deepCopy, kernel.views::sessionEvent));
    }

    /** Signs a user in. This updates the user's times of last sign-in and activity; only the session emits an event. */
    public ObjectNode signIn(String userId) {
        return kernel.locked(() -> begin(userId, "active", null, EventType.SESSION_CREATED));
    }

    /** Signs in a user who still has a task to complete, such as choosing an organization. */
    public ObjectNode signInPending(String userId) {
        return kernel.locked(() -> begin(userId, "pending", null, EventType.SESSION_PENDING));
    }

    /** Signs a user in with the parameters of {@code POST /sessions}. */
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
        requireAllowed(user);
        ObjectNode session = draft(Map.of("user", userId));
        session.remove("user");
        session.put("client_id", kernel.newId("client")).put("status", status);
        session.put("last_active_organization_id", organization);
        if (status.equals("pending")) {
            session.putNull("latest_activity");
        }
        ObjectNode active = user.deepCopy();
        active.put("last_sign_in_at", kernel.now()).put("last_active_at", kernel.now());
        tables.users.put(active);
        table.put(session);
        emit(type, session);
        return view(session);
    }

    private static void requireAllowed(ObjectNode user) {
        String id = Tables.text(user, "id");
        if (user.path("banned").asBoolean(false)) {
            throw ClerkError.USER_BANNED.because("The user " + id + " is banned.");
        }
        if (user.path("locked").asBoolean(false)) {
            throw ClerkError.USER_LOCKED.because("The user " + id + " is locked.");
        }
        if (user.path("deprovisioned").asBoolean(false)) {
            throw ClerkError.DEPROVISIONED.because(
                    "The target user's account has been deprovisioned according to their external identity provider");
        }
    }

    /** Completes the task of a pending session, which becomes active. */
    public ObjectNode activate(String id) {
        return move(id, "active", EventType.SESSION_CREATED);
    }

    /** Ends a session because the user signed out. */
    public ObjectNode end(String id) {
        return move(id, "ended", EventType.SESSION_ENDED);
    }

    /** Revokes a session, for example when an administrator signs the user out. */
    public ObjectNode revoke(String id) {
        return move(id, "revoked", EventType.SESSION_REVOKED);
    }

    /** Ends a session and removes it from its client. */
    public ObjectNode remove(String id) {
        return move(id, "removed", EventType.SESSION_REMOVED);
    }

    private ObjectNode move(String id, String status, EventType type) {
        return kernel.locked(() -> {
            ObjectNode session = table.get(id);
            return LIVE_STATUSES.contains(Tables.text(session, "status"))
                    ? change(session, changed -> changed.put("status", status), moved -> emit(type, moved))
                    : view(session);
        });
    }

    /** A page of the sessions of a user or of a client. */
    public Page list(
            PageRequest request, @Nullable String userId, @Nullable String clientId, Predicate<ObjectNode> filter) {
        return kernel.locked(() -> page(
                userId != null ? tables.sessionsByUser.of(userId) : tables.sessionsByClient.of("" + clientId),
                request,
                filter.and(session ->
                        clientId == null || Tables.text(session, "client_id").equals(clientId))));
    }

    void revokeAll(String userId) {
        tables.sessionsByUser.list(userId).forEach(session -> revoke(Tables.text(session, "id")));
    }

    /** Removes the sessions of a user who is about to be deleted. */
    void removeAll(String userId) {
        if (kernel.cascadesEvents()) {
            revokeAll(userId);
        }
        tables.sessionsByUser.list(userId).forEach(session -> remove(session, false));
    }
}
