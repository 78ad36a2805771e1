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
        return send(userId, Identification.EMAIL_ADDRESS);
    }

    /** Sends a verification code to the user's first phone number. */
    public ObjectNode sms(String userId) {
        return send(userId, Identification.PHONE_NUMBER);
    }

    private ObjectNode send(String userId, Identification kind) {
        return kernel.locked(() -> {
            ObjectNode user = kernel.tables.users.get(userId);
            JsonNode list = user.path(kind.list);
            if (list.isEmpty()) {
                throw ClerkError.DATA_MISSING.because(
                        "The user " + userId + " has no " + kind.key.replace('_', ' ') + ".");
            }
            return send(user, kind, list.get(0));
        });
    }

    /** Sends a verification code to one of a user's e-mail addresses or phone numbers. */
    ObjectNode send(ObjectNode user, Identification kind, JsonNode address) {
        boolean email = kind == Identification.EMAIL_ADDRESS;
        ObjectNode message = kernel.shape(
                email ? "email" : "sms", kernel.newId(email ? "ema" : "sms"), Map.of("user", Tables.text(user, "id")));
        message.set("to_" + kind.key, address.path(kind.key));
        message.set(kind.key + "_id", address.path("id"));
        kernel.emit(email ? EventType.EMAIL_CREATED : EventType.SMS_CREATED, message);
        return message;
    }
}
