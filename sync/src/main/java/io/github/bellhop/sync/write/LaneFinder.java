package io.github.bellhop.sync.write;

import io.github.bellhop.sync.inbox.MessageRecord;
import io.github.bellhop.sync.mirror.ClerkTables;
import io.github.bellhop.sync.mirror.EntityKey;
import io.github.bellhop.sync.mirror.MirrorTable;
import io.github.bellhop.sync.mirror.PreparedMessage;
import io.github.bellhop.sync.mirror.Projection;
import io.github.bellhop.sync.mirror.Projector;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Finds the lanes of messages. A lane is the natural key of the entity, taken from the message itself, another message
 * in the same transaction, a waiting run, or the mirror. If there is no natural key, the lane is the entity's id, or
 * else the message's id.
 */
final class LaneFinder {
    private LaneFinder() {}

    /**
     * A message that some handler subscribes to.
     *
     * @param messageId  the message's id
     * @param type       the event's type
     * @param entityId   the id of the message's entity
     * @param receivedAt the time of receipt in milliseconds
     * @param key        the natural key in the message; null if it contains none
     * @param held       whether the mirror must not be read because another transaction may have locked the table
     */
    record LaneMessage(
            String messageId,
            @Nullable String type,
            @Nullable String entityId,
            long receivedAt,
            @Nullable String key,
            boolean held) {
        static LaneMessage of(PreparedMessage message) {
            Projection projection = message.projection();
            return new LaneMessage(
                    message.messageId(),
                    message.type(),
                    message.entityId(),
                    message.receivedAt(),
                    projection == null ? null : projection.lane(),
                    message.mirrorHeld());
        }

        static LaneMessage of(MessageRecord message, byte[] payload) {
            return new LaneMessage(
                    message.messageId(),
                    message.type(),
                    message.entityId(),
                    message.receivedAt().toEpochMilli(),
                    Projector.lane(message.type(), payload),
                    false);
        }

        /** Returns the entity's table; null if its entities have no natural key. */
        private @Nullable MirrorTable table() {
            MirrorTable table = ClerkTables.ofType(type);
            return table == null || table.lanes().isEmpty() ? null : table;
        }
    }

    /**
     * Returns the lanes of messages. Call this before writing to the mirror, because a deletion may remove the row with
     * the key.
     *
     * @throws SQLException if a statement failed
     */
    static Map<LaneMessage, String> of(Connection connection, Collection<LaneMessage> messages) throws SQLException {
        Map<EntityKey, String> keys = new HashMap<>();
        for (LaneMessage message : messages) {
            MirrorTable table = message.table();
            if (table != null && message.entityId() != null && message.key() != null) {
                keys.put(table.key(message.entityId()), message.key());
            }
        }
        Map<LaneMessage, String> lanes = new LinkedHashMap<>();
        for (LaneMessage message : messages) {
            lanes.put(message, lane(connection, message, keys));
        }
        return lanes;
    }

    private static String lane(Connection connection, LaneMessage message, Map<EntityKey, String> keys)
            throws SQLException {
        String id = message.entityId();
        MirrorTable table = message.table();
        if (id == null) {
            return message.messageId();
        }
        if (table == null) {
            return id;
        }
        if (message.key() != null) {
            return message.key();
        }
        EntityKey entity = table.key(id);
        String lane = keys.get(entity);
        if (lane == null) {
            lane = find(connection, table, id, message.held());
            keys.put(entity, lane);
        }
        return lane;
    }

    private static String find(Connection connection, MirrorTable table, String id, boolean held) throws SQLException {
        String key = LaneSql.ofRuns(connection, id).orElse(null);
        if (key == null && !held) {
            key = LaneSql.ofRow(connection, table, id);
        }
        return key == null ? id : key;
    }
}
