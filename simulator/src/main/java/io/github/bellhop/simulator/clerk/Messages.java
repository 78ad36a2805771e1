package io.github.bellhop.simulator.clerk;

import io.github.bellhop.event.EventType;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The e-mails and text messages that Clerk sends to users. Each emits one event; the Backend API does not list them.
 */
public final class Messages {
    private final Kernel kernel;

    Messages(Kernel kernel) {
        this.kernel = kernel;
    }

    /** Sends a verification code to the user's first e-mail address. */
    public ObjectNode email(String userId) {
        return send(userId, Identification.EMAIL_ADDRESS, "email", "ema", EventType.EMAIL_CREATED);
    }

    /** Sends a verification code to the user's first phone number. */
    public ObjectNode sms(String userId) {
        return send(userId, Identification.PHONE_NUMBER, "sms", "sms", EventType.SMS_CREATED);
    }

    private ObjectNode send(String userId, Identification kind, String template, String prefix, EventType created) {
        return kernel.locked(() -> {
            JsonNode list = kernel.tables.users.get(userId).path(kind.list);
            if (list.isEmpty()) {
                throw ClerkError.DATA_MISSING.because(
                        "The user " + userId + " has no " + kind.key.replace('_', ' ') + ".");
            }
            ObjectNode message = kernel.shape(template, kernel.newId(prefix), Map.of("user", userId));
            message.set("to_" + kind.key, list.get(0).path(kind.key));
            message.set(kind.key + "_id", list.get(0).path("id"));
            kernel.emit(created, message);
            return message;
        });
    }
}
