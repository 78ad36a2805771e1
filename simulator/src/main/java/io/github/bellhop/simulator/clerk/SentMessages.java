package io.github.bellhop.simulator.clerk;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** The e-mails or text messages, which are sent to a user of the instance but not stored. */
final class SentMessages implements EventFamily {
    private final Kernel kernel;
    private final Identification kind;

    SentMessages(Kernel kernel, Identification kind) {
        this.kernel = kernel;
        this.kind = kind;
    }

    @Override
    public @Nullable ObjectNode find(ObjectNode data, @Nullable String owner) {
        return null;
    }

    /** Addresses the message to its user. If the instance does not contain the user, invents one with an address. */
    @Override
    public ObjectNode add(ObjectNode data, @Nullable String owner) {
        String userId = Tables.text(data, "user_id");
        if (kernel.tables.users.find(userId) == null) {
            StoredFamily.invent(kernel, "user", userId);
            reach(kernel.tables.users.get(userId).deepCopy());
        }
        JsonNode address = kernel.tables.users.get(userId).path(kind.list).path(0);
        data.put(kind.key + "_id", address.path("id").asString(null));
        if (address.has(kind.key)) {
            data.set("to_" + kind.key, address.get(kind.key));
        }
        return data;
    }

    private void reach(ObjectNode user) {
        if (user.path(kind.list).isEmpty()) {
            ObjectNode address = kernel.shape(kind.template(), Tables.text(user, "id"), Map.of());
            ((ArrayNode) user.get(kind.list)).add(address);
            user.set(kind.primary(), address.get("id"));
            kernel.tables.users.put(user);
        }
    }

    @Override
    public ObjectNode data(ObjectNode entity) {
        return entity;
    }

    @Override
    public @Nullable ObjectNode put(ObjectNode before, ObjectNode data) {
        return null;
    }

    @Override
    public void remove(ObjectNode entity) {
        // No event type deletes a message.
    }
}
