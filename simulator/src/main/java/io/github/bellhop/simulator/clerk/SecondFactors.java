package io.github.bellhop.simulator.clerk;

import java.util.function.Consumer;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The users' second factors: authenticator apps (TOTP), backup codes and phone numbers. Removing a second factor that a
 * user does not have changes nothing, because Clerk documents no error for it. Every method returns the user.
 */
public final class SecondFactors {
    private final Users users;

    SecondFactors(Users users) {
        this.users = users;
    }

    /** Removes a user's authenticator app. */
    public ObjectNode removeTotp(String userId) {
        return change(userId, user -> user.put("totp_enabled", false));
    }

    /** Removes a user's backup codes. */
    public ObjectNode removeBackupCodes(String userId) {
        return change(userId, SecondFactors::withoutBackupCodes);
    }

    /** Removes all of a user's second factors. */
    public ObjectNode removeAll(String userId) {
        return change(userId, user -> {
            user.put("totp_enabled", false);
            withoutBackupCodes(user);
            user.path("phone_numbers")
                    .forEach(phone -> ((ObjectNode) phone)
                            .put("reserved_for_second_factor", false)
                            .put("default_second_factor", false));
        });
    }

    private ObjectNode change(String userId, Consumer<ObjectNode> removal) {
        return users.change(userId, user -> {
            removal.accept(user);
            settle(user, users.kernel.now());
        });
    }

    private static void withoutBackupCodes(ObjectNode user) {
        user.put("backup_code_enabled", false);
        user.path("phone_numbers").forEach(phone -> ((ObjectNode) phone).putNull("backup_codes"));
    }

    /**
     * Disables two-factor authentication for a user without an authenticator app or a phone number for it. Backup codes
     * alone are not enough.
     */
    static void settle(ObjectNode user, long now) {
        boolean left = user.path("totp_enabled").asBoolean(false)
                || user.path("phone_numbers").valueStream().anyMatch(SecondFactors::isReserved);
        if (!left && user.path("two_factor_enabled").asBoolean(false)) {
            user.put("two_factor_enabled", false).put("mfa_disabled_at", now);
        }
    }

    private static boolean isReserved(JsonNode phone) {
        return phone.path("reserved_for_second_factor").asBoolean(false);
    }
}
