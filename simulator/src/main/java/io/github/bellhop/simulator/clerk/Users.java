package io.github.bellhop.simulator.clerk;

import io.github.bellhop.event.EventType;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Predicate;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The users of an instance. Every method returns the user in the shape of the Backend API, and throws a
 * {@link ClerkRefusedException} for a request that Clerk would reject.
 */
public final class Users extends Resource {
    private static final long LOCKOUT_SECONDS = 3600;

    private final Sessions sessions;
    private final Memberships memberships;
    private final Billing billing;
    final Mail mail;

    Users(Kernel kernel, Sessions sessions, Memberships memberships, Billing billing) {
        super(
                kernel,
                kernel.tables.users,
                Kind.of("user", "user")
                        .events(EventType.USER_CREATED, EventType.USER_UPDATED, EventType.USER_DELETED)
                        .seen(kernel.views::user, user -> user)
                        .orderedBy(Users::orderKey));
        this.sessions = sessions;
        this.memberships = memberships;
        this.billing = billing;
        this.mail = new Mail(kernel);
    }

    /** The value to order a user by. */
    static JsonNode orderKey(ObjectNode user, String order) {
        for (Identification kind : Identification.values()) {
            if (kind.order.equals(order)) {
                return kind.primaryOf(user).path(kind.key);
            }
        }
        return user.path(order);
    }

    /** Creates a user with the parameters of {@code POST /users}. */
    public ObjectNode create(ObjectNode params) {
        return kernel.locked(() -> added(UserParams.ofCreation(kernel, params).toUser()));
    }

    /** Creates a user with the details of an invented person and a verified e-mail address. */
    public ObjectNode createInvented() {
        return kernel.locked(
                () -> added(draft(Map.of()).putNull("last_sign_in_at").putNull("last_active_at")));
    }

    /** The number of users that match the filter. */
    public long count(Predicate<ObjectNode> filter) {
        return kernel.locked(() -> table.rows().values().stream().filter(filter).count());
    }

    /** Changes a user with the parameters of {@code PATCH /users/{id}}. */
    public ObjectNode update(String id, ObjectNode params) {
        return kernel.locked(() -> {
            UserParams change = UserParams.ofUpdate(kernel, params);
            ObjectNode before = table.get(id);
            ObjectNode changed = change(id, change::applyTo);
            if (change.notifies()) {
                mail.primaryAddressChanged(before, table.get(id));
            }
            if (change.signsOut()) {
                sessions.revokeAll(id);
            }
            return changed;
        });
    }

    /** Merges a user's metadata with that in the parameters of {@code PATCH /users/{id}/metadata}. */
    public ObjectNode mergeMetadata(String id, ObjectNode params) {
        Params checked = Params.of(params, Params.METADATA_OF_A_USER);
        return change(id, user -> checked.mergeMetadata(user, Params.METADATA_OF_A_USER));
    }

    /** Replaces a user's metadata with that in the parameters of {@code PUT /users/{id}/metadata}. */
    public ObjectNode replaceMetadata(String id, ObjectNode params) {
        Params checked = Params.of(params, Params.METADATA_OF_A_USER);
        return change(id, user -> checked.replaceMetadata(user, Params.METADATA_OF_A_USER));
    }

    /** Bans a user and revokes the user's sessions. */
    public ObjectNode ban(String id) {
        return blockSignIn(id, "banned");
    }

    /** Unbans a user. */
    public ObjectNode unban(String id) {
        return change(id, user -> user.put("banned", false));
    }

    /** Bans several users, or no users if one of them does not exist. */
    public List<ObjectNode> banAll(List<String> ids) {
        return changeAll(ids, this::ban);
    }

    /** Unbans several users, or no users if one of them does not exist. */
    public List<ObjectNode> unbanAll(List<String> ids) {
        return changeAll(ids, this::unban);
    }

    private List<ObjectNode> changeAll(List<String> ids, Function<String, ObjectNode> change) {
        return kernel.locked(() -> {
            for (String id : ids) {
                if (table.find(id) == null) {
                    throw ClerkRefusedException.of(
                            400, "resource_not_found", "not found", "No user was found with id " + id + ".");
                }
            }
            return ids.stream().map(change).toList();
        });
    }

    /** Locks a user for an hour. */
    public ObjectNode lock(String id) {
        return change(id, user -> user.put("locked", true).put("lockout_expires_in_seconds", LOCKOUT_SECONDS));
    }

    /** Unlocks a user. */
    public ObjectNode unlock(String id) {
        return change(id, user -> user.put("locked", false).putNull("lockout_expires_in_seconds"));
    }

    /**
     * Has the same effect as removing the user from a company's directory: the user remains, loses all sessions and
     * cannot sign in.
     */
    public ObjectNode deprovision(String id) {
        return blockSignIn(id, "deprovisioned");
    }

    private ObjectNode blockSignIn(String id, String flag) {
        return kernel.locked(() -> {
            change(id, user -> user.put(flag, true));
            sessions.revokeAll(id);
            return get(id);
        });
    }

    /** Adds a passkey with this name. */
    public ObjectNode addPasskey(String id, String name) {
        return change(
                id,
                user -> ((ArrayNode) user.get("passkeys"))
                        .add(kernel.shape("passkey", id, Map.of("passkey", kernel.newId("idn")))
                                .put("name", name)));
    }

    /** Removes a passkey and returns its deletion object. */
    public ObjectNode deletePasskey(String id, String passkeyId) {
        return kernel.locked(() -> {
            ObjectNode user = table.get(id);
            JsonNode passkey = user.path("passkeys")
                    .valueStream()
                    .filter(each -> Tables.text(each, "id").equals(passkeyId))
                    .findFirst()
                    .orElseThrow(() -> ClerkRefusedException.notFound("passkey", passkeyId));
            change(user, changed -> ((ArrayNode) changed.get("passkeys")).removeIf(passkey::equals));
            return Views.deleted((ObjectNode) passkey);
        });
    }

    /** Updates the time of the last activity, without an event. */
    public ObjectNode touch(String id) {
        return kernel.locked(() -> {
            ObjectNode user = table.get(id).deepCopy().put("last_active_at", kernel.now());
            table.put(user);
            return view(user);
        });
    }

    /** Deletes a user with all memberships, sessions and subscriptions. Returns the user's deletion object. */
    public ObjectNode delete(String id) {
        return kernel.locked(() -> {
            ObjectNode user = table.get(id);
            memberships.removeAll(tables.membershipsByUser.list(id));
            sessions.removeAll(id);
            billing.removeAll(id);
            return remove(user, true);
        });
    }
}
