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
 * Finds the lanes of messages: the natural key of the entity, which its own event tells, or another message of the same
 * transaction, or a run that waits, or the mirror; else the entity's id, or the message's where it names none.
 */
final class LaneFinder {
    private LaneFinder() {}

    /**
     * A message that handlers want.
     *
     * @param messageId  the message
     * @param type       the event's type
     * @param entityId   what it is about
     * @param receivedAt when it came, in milliseconds
     * @param key        the natural key as the message tells it; null when it does not
     * @param held       whether the mirror must not be read, since another transaction may hold the table
     */
    record Wanted(
            String messageId,
            @Nullable String type,
            @Nullable String entityId,
            long receivedAt,
            @Nullable String key,
            boolean held) {
        static Wanted of(PreparedMessage message) {
            Projection projection = message.projection();
            return new Wanted(
                    message.messageId(),
                    message.type(),
                    message.entityId(),
                    message.receivedAt(),
                    projection == null ? null : projection.lane(),
                    message.mirrorHeld());
        }

        static Wanted of(MessageRecord message, byte[] payload) {
            return new Wanted(
                    message.messageId(),
                    message.type(),
                    message.entityId(),
                    message.receivedAt().toEpochMilli(),
                    Projector.lane(message.type(), payload),
                    false);
        }

        /** The table whose entities have another key than their ids; null for all others. */
        private @Nullable MirrorTable table() {
            MirrorTable table = ClerkTables.ofType(type);
            return table == null || table.lanes().isEmpty() ? null : table;
        }
    }

    /**
     * The lanes of messages. To be called before the mirror is written: a deletion may take the row away that tells the
     * key.
     *
     * @throws SQLException when the database refuses
     */
    static Map<Wanted, String> of(Connection connection, Collection<Wanted> messages) throws SQLException {
        Map<EntityKey, String> keys = new HashMap<>();
        for (Wanted message : messages) {
            MirrorTable table = message.table();
            if (table != null && message.entityId() != null && message.key() != null) {
                keys.put(table.key(message.entityId()), message.key());
            }
        }
        Map<Wanted, String> lanes = new LinkedHashMap<>();
        for (Wanted message : messages) {
            lanes.put(message, lane(connection, message, keys));
        }
        return lanes;
    }

    private static String lane(Connection connection, Wanted message, Map<EntityKey, String> keys) throws SQLException {
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
        String known = keys.get(entity);
        if (known == null) {
            known = find(connection, table, id, message.held());
            keys.put(entity, known);
        }
        return known;
    }

    private static String find(Connection connection, MirrorTable table, String id, boolean held) throws SQLException {
        String key = LaneSql.ofRuns(connection, id).orElse(null);
        if (key == null && !held) {
            key = LaneSql.ofRow(connection, table, id);
        }
        return key == null ? id : key;
    }
}
