package io.github.bellhop.sync.write;

import io.github.bellhop.sync.mirror.Deletes;
import io.github.bellhop.sync.mirror.EntityKey;
import io.github.bellhop.sync.mirror.PreparedMessage;
import io.github.bellhop.sync.mirror.Projection;
import io.github.bellhop.sync.mirror.TouchedEntities;
import io.github.bellhop.sync.settings.SyncSettings;
import io.github.bellhop.sync.store.Database;
import io.github.bellhop.sync.store.Dialect;
import io.github.bellhop.sync.store.Limits;
import io.github.bellhop.sync.write.LaneFinder.LaneMessage;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * Applies messages to the mirror inside a transaction: deletions first, then rows by version, then their lists. The
 * order of arrival does not change the result. Stateless and thread-safe.
 *
 * @hidden
 */
public final class MirrorWriter {
    private final Dialect dialect;
    private final Deletes deletes;
    private final Lanes lanes;
    private final LockedEntities locked;

    /** Creates a writer without handlers. */
    public MirrorWriter(Database database, SyncSettings settings) {
        this(database, settings, new Lanes(database.dialect()));
    }

    /**
     * Creates a writer.
     *
     * @param lanes the lanes that get the handler runs of mirrored messages
     */
    public MirrorWriter(Database database, SyncSettings settings, Lanes lanes) {
        dialect = database.dialect();
        deletes = settings.mirror().deletes();
        locked = new LockedEntities(database, settings.clock());
        this.lanes = lanes;
    }

    /** Returns the lanes that get the handler runs of mirrored messages. */
    public Lanes lanes() {
        return lanes;
    }

    /** Returns the locks that other transactions hold on the mirror. */
    public LockedEntities locked() {
        return locked;
    }

    /**
     * The result of a batch.
     *
     * @param applied the results of the messages that were new to the inbox, by message id; all others were ignored
     * @param withRuns  the ids of the new messages that have handler runs
     */
    record Appended(Map<String, Applied> applied, Set<String> withRuns) {}

    /**
     * Adds messages to the inbox and applies the new ones. The caller commits or rolls back.
     *
     * @param limits   the limits of the transaction; set before its first other statement
     * @param messages the messages; their ids must be unique
     * @param now      the time to store as {@code synced_at}
     */
    Appended append(Connection connection, Limits limits, Collection<PreparedMessage> messages, Instant now)
            throws SQLException {
        Map<String, Projection> projections = new LinkedHashMap<>();
        for (PreparedMessage message : messages) {
            if (message.toMirror() != null) {
                projections.put(message.messageId(), message.toMirror());
            }
        }
        TouchedEntities touched = TouchedEntities.by(projections.values());
        Dialect.BatchStart start = dialect.open(connection, limits, messages, touched);
        List<PreparedMessage> added = added(messages, start.added());
        Map<LaneMessage, String> lanesByMessage = lanes.find(connection, added);
        projections.keySet().retainAll(start.added());
        Map<String, Applied> mirrored =
                applier(connection, now, start.tombstones()).apply(projections);
        Map<String, Applied> applied = applied(added, mirrored);
        return new Appended(applied, lanes.append(connection, lanesByMessage, applied, now.toEpochMilli()));
    }

    /** Adds messages to the inbox without applying them. The caller commits or rolls back. */
    Appended appendOnly(Connection connection, Collection<PreparedMessage> messages, Instant now) throws SQLException {
        List<PreparedMessage> added = added(messages, dialect.appendMessages(connection, messages));
        Map<String, Applied> applied = applied(added, Map.of());
        return new Appended(
                applied, lanes.append(connection, lanes.find(connection, added), applied, now.toEpochMilli()));
    }

    private static List<PreparedMessage> added(Collection<PreparedMessage> messages, Set<String> ids) {
        return messages.stream()
                .filter(message -> ids.contains(message.messageId()))
                .toList();
    }

    private static Map<String, Applied> applied(List<PreparedMessage> messages, Map<String, Applied> mirrored) {
        Map<String, Applied> applied = new LinkedHashMap<>();
        for (PreparedMessage message : messages) {
            Applied result = mirrored.get(message.messageId());
            applied.put(message.messageId(), result == null ? Applied.notApplied(message) : result.of(message));
        }
        return applied;
    }

    /**
     * Applies a message that is already in the inbox. The caller commits or rolls back.
     *
     * @param now the time to store as {@code synced_at}
     */
    public Applied apply(Connection connection, PreparedMessage message, Instant now) throws SQLException {
        return message.projection() == null
                ? Applied.notApplied(message)
                : apply(connection, message.projection(), now).of(message);
    }

    /** Applies changes that do not come from a message. The caller commits or rolls back. */
    public Applied apply(Connection connection, Projection projection, Instant now) throws SQLException {
        Map<EntityKey, Long> tombstones = dialect.lockEntities(connection, TouchedEntities.by(List.of(projection)));
        Map<String, Applied> applied = applier(connection, now, tombstones).apply(Map.of("", projection));
        return Objects.requireNonNull(applied.get(""));
    }

    private MessageApplier applier(Connection connection, Instant now, Map<EntityKey, Long> tombstones)
            throws SQLException {
        return new MessageApplier(dialect, deletes, connection, now, Tombstones.of(connection, tombstones));
    }
}
