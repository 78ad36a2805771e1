package io.github.bellhop.simulator.clerk;

import java.util.Set;
import java.util.function.Consumer;
import tools.jackson.databind.node.ObjectNode;

/** The users' passwords. The simulator stores only whether a user has a password. Every method returns the user. */
public final class Passwords {
    private final Users users;
    private final Sessions sessions;

    Passwords(Users users, Sessions sessions) {
        this.users = users;
        this.sessions = sessions;
    }

    /** Removes a user's password with the parameters of {@code POST /users/{id}/remove_password}. */
    public ObjectNode remove(String userId, ObjectNode given) {
        return change(
                userId,
                given,
                "sign_out_of_other_sessions",
                user -> user.put("password_enabled", false)
                        .putNull("password_last_updated_at")
                        .put("requires_password_reset", false));
    }

    /**
     * Marks a user's password as compromised with the parameters of {@code POST /users/{id}/password/set_compromised}.
     * The user then has to choose a new password.
     */
    public ObjectNode setCompromised(String userId, ObjectNode given) {
        return change(userId, given, "revoke_all_sessions", user -> user.put("requires_password_reset", true));
    }

    /** Marks a user's password as no longer compromised. */
    public ObjectNode unsetCompromised(String userId) {
        return users.change(userId, user -> user.put("requires_password_reset", false));
    }

    /** Changes a user, and revokes the user's sessions if the flag is true. */
    private ObjectNode change(String userId, ObjectNode given, String flag, Consumer<ObjectNode> change) {
        Params params = Params.of(given, Set.of(flag));
        return users.kernel.locked(() -> {
            ObjectNode changed = users.change(userId, change);
            if (params.flag(flag, false)) {
                sessions.revokeAll(userId);
            }
            return changed;
        });
    }
}
