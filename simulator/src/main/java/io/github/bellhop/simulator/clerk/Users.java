package io.github.bellhop.simulator.clerk;

import io.github.bellhop.event.EventType;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Predicate;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The users of an instance. Every method gives the user as the Backend API has it, and throws a
 * {@link ClerkRefusedException} when Clerk would refuse.
 */
public final class Users {
    private static final long LOCKOUT_SECONDS = 3600;

    private final Kernel kernel;
    private final Tables tables;
    private final Views views;
    private final Sessions sessions;
    private final Memberships memberships;
    private final Billing billing;
    private final Listing listing;

    Users(Kernel kernel, Tables tables, Views views, Sessions sessions, Memberships memberships, Billing billing) {
        this.kernel = kernel;
        this.tables = tables;
        this.views = views;
        this.sessions = sessions;
        this.memberships = memberships;
        this.billing = billing;
        this.listing = new Listing(tables.users, Users::orderKey);
    }

    /** What a user is ordered by. */
    static JsonNode orderKey(ObjectNode user, String order) {
        for (Identification kind : Identification.values()) {
            if (kind.key().equals(order)) {
                return kind.primaryOf(user).path(order);
            }
        }
        return user.path(order);
    }

    /** Creates a user from the parameters of {@code POST /users}. */
    public ObjectNode create(ObjectNode params) {
        return kernel.locked(() -> added(new UserDraft(kernel, tables, params).toUser()));
    }

    /** Creates a user who is an invented person with a verified e-mail address. */
    public ObjectNode createInvented() {
        return kernel.locked(() -> added(kernel.shape("user", kernel.newId("user"), Map.of())
                .putNull("last_sign_in_at")
                .putNull("last_active_at")));
    }

    private ObjectNode added(ObjectNode user) {
        tables.users.put(user);
        kernel.emit(EventType.USER_CREATED, user);
        return views.user(user);
    }

    /** The user of this id. */
    public ObjectNode get(String id) {
        return kernel.locked(() -> views.user(tables.users.get(id)));
    }

    /** A part of all users; the filter sees each as events carry it, and must not change it. */
    public Page list(PageRequest request, Predicate<ObjectNode> filter) {
        return kernel.locked(() -> listing.page(request, filter).map(views::user));
    }

    /** How many users there are that a filter lets through. */
    public long count(Predicate<ObjectNode> filter) {
        return kernel.locked(
                () -> tables.users.rows().values().stream().filter(filter).count());
    }

    /** Changes a user by the parameters of {@code PATCH /users/{id}}. */
    public ObjectNode update(String id, ObjectNode params) {
        return kernel.locked(() -> {
            UserChange change = new UserChange(tables, params, kernel.now());
            ObjectNode changed = change(id, change::applyTo);
            if (change.signsOut()) {
                sessions.revokeAll(id);
            }
            return changed;
        });
    }

    /** Merges metadata, by the parameters of {@code PATCH /users/{id}/metadata}. */
    public ObjectNode mergeMetadata(String id, ObjectNode params) {
        Params checked = Params.of(params, Metadata.OF_A_USER);
        return kernel.locked(() -> change(id, user -> Metadata.merge(user, checked, Metadata.OF_A_USER)));
    }

    /** Replaces metadata, by the parameters of {@code PUT /users/{id}/metadata}. */
    public ObjectNode replaceMetadata(String id, ObjectNode params) {
        Params checked = Params.of(params, Metadata.OF_A_USER);
        return kernel.locked(() -> change(id, user -> Metadata.replace(user, checked, Metadata.OF_A_USER)));
    }

    /** Bans a user and revokes the sessions. */
    public ObjectNode ban(String id) {
        return kernel.locked(() -> {
            change(id, user -> user.put("banned", true));
            sessions.revokeAll(id);
            return get(id);
        });
    }

    /** Lets a banned user in again. */
    public ObjectNode unban(String id) {
        return kernel.locked(() -> change(id, user -> user.put("banned", false)));
    }

    /** Locks a user out for an hour. */
    public ObjectNode lock(String id) {
        return kernel.locked(
                () -> change(id, user -> user.put("locked", true).put("lockout_expires_in_seconds", LOCKOUT_SECONDS)));
    }

    /** Ends a lockout. */
    public ObjectNode unlock(String id) {
        return kernel.locked(() -> change(id, user -> user.put("locked", false).putNull("lockout_expires_in_seconds")));
    }

    /** Does what the removal from a company's directory does: the user stays, cannot sign in and loses the sessions. */
    public ObjectNode deprovision(String id) {
        return kernel.locked(() -> {
            change(id, user -> user.put("deprovisioned", true));
            sessions.revokeAll(id);
            return get(id);
        });
    }

    /** Adds a passkey of this name. */
    public ObjectNode addPasskey(String id, String name) {
        return kernel.locked(() -> change(
                id,
                user -> ((ArrayNode) user.get("passkeys"))
                        .add(kernel.shape("passkey", id, Map.of("passkey", kernel.newId("idn")))
                                .put("name", name))));
    }

    /** Moves the time of the last activity, of which no event tells. */
    public ObjectNode touch(String id) {
        return kernel.locked(() -> {
            ObjectNode user = tables.users.get(id).deepCopy().put("last_active_at", kernel.now());
            tables.users.put(user);
            return views.user(user);
        });
    }

    /** Deletes a user, with memberships, sessions and subscriptions; gives what is left. */
    public ObjectNode delete(String id) {
        return kernel.locked(() -> {
            ObjectNode user = tables.users.get(id);
            memberships.removeAll(tables.membershipsByUser.list(id));
            sessions.removeAll(id);
            billing.removeAll(id);
            tables.users.remove(id);
            kernel.emitDeleted(EventType.USER_DELETED, user);
            return Views.deleted(user);
        });
    }

    private ObjectNode change(String id, Consumer<ObjectNode> change) {
        return views.user(UserChange.make(kernel, tables, tables.users.get(id), change));
    }

    /** Whether there is such a user whom a filter lets through. */
    public boolean matches(String id, Predicate<ObjectNode> filter) {
        return kernel.locked(() -> {
            ObjectNode user = tables.users.find(id);
            return user != null && filter.test(user);
        });
    }
}
