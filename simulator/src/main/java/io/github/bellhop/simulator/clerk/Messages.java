package io.github.bellhop.simulator.clerk;

import io.github.bellhop.event.EventType;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The e-mails and short messages that Clerk sends to users: each is told of once, and the Backend API lists none. */
public final class Messages {
    private final Kernel kernel;
    private final Tables tables;

    Messages(Kernel kernel, Tables tables) {
        this.kernel = kernel;
        this.tables = tables;
    }

    /** Sends a verification code to a user's first e-mail address. */
    public ObjectNode email(String userId) {
        return kernel.locked(() -> {
            JsonNode address = first(userId, Identification.EMAIL_ADDRESS);
            ObjectNode email = kernel.shape("email", kernel.newId("ema"), Map.of("user", userId));
            email.set("to_email_address", address.path("email_address"));
            email.set("email_address_id", address.path("id"));
            tables.emails.put(email);
            kernel.emit(EventType.EMAIL_CREATED, email);
            return email.deepCopy();
        });
    }

    /** Sends a verification code to a user's first phone number. */
    public ObjectNode sms(String userId) {
        return kernel.locked(() -> {
            JsonNode number = first(userId, Identification.PHONE_NUMBER);
            ObjectNode message = kernel.shape("sms", kernel.newId("sms"), Map.of("user", userId));
            message.set("to_phone_number", number.path("phone_number"));
            message.set("phone_number_id", number.path("id"));
            tables.messages.put(message);
            kernel.emit(EventType.SMS_CREATED, message);
            return message.deepCopy();
        });
    }

    private JsonNode first(String userId, Identification kind) {
        JsonNode list = tables.users.get(userId).path(kind.list());
        if (list.isEmpty()) {
            throw ClerkRefusedException.of(
                    422,
                    "form_data_missing",
                    "missing data",
                    "The user " + userId + " has no " + kind.key().replace('_', ' ') + ".");
        }
        return list.get(0);
    }

    /** All e-mails, the oldest first. */
    public List<ObjectNode> emails() {
        return kernel.locked(() -> copies(tables.emails));
    }

    /** All short messages, the oldest first. */
    public List<ObjectNode> smsMessages() {
        return kernel.locked(() -> copies(tables.messages));
    }

    private static List<ObjectNode> copies(Table table) {
        return table.rows().values().stream().map(ObjectNode::deepCopy).toList();
    }
}
