package io.github.bellhop.sync.write;

import io.github.bellhop.sync.inbox.InboxRow;
import io.github.bellhop.sync.lane.Arrival;
import io.github.bellhop.sync.lane.Lanes;
import io.github.bellhop.sync.lane.Wants;
import io.github.bellhop.sync.mirror.Deletes;
import io.github.bellhop.sync.mirror.EntityKey;
import io.github.bellhop.sync.mirror.Projection;
import io.github.bellhop.sync.store.Dialect;
import io.github.bellhop.sync.store.Limits;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * Applies messages to the mirror inside a transaction, in any order of arrival and with the same result: deletions
 * first, then rows by version, then their lists. Holds no state; thread-safe.
 *
 * @hidden
 */
public final class MirrorWriter {
    private final Dialect dialect;
    private final Deletes deletes;
    private final Lanes lanes;

    /** A writer for a database of this dialect, without handlers. */
    public MirrorWriter(Dialect dialect, Deletes deletes) {
        this(dialect, deletes, new Lanes(dialect, Wants.NOTHING));
    }

    /**
     * A writer for a database of this dialect.
     *
     * @param deletes what becomes of deleted rows
     * @param lanes   where those wait who are handed what was mirrored
     */
    public MirrorWriter(Dialect dialect, Deletes deletes, Lanes lanes) {
        this.dialect = dialect;
        this.deletes = deletes;
        this.lanes = lanes;
    }

    /** Where those wait who are handed what was mirrored. */
    public Lanes lanes() {
        return lanes;
    }

    /**
     * What became of a batch.
     *
     * @param added   the ids of the messages that were not in the inbox yet; all others were left alone
     * @param applied what became of those of them that have a projection, by their ids
     * @param handed  the ids of those of them for which a handler runs
     */
    record Appended(Set<String> added, Map<String, Applied> applied, Set<String> handed) {}

    /**
     * Adds messages to the inbox and applies those that are new there. The caller commits or rolls back.
     *
     * @param limits   what the transaction is bounded by from its first statement on
     * @param messages no id twice
     * @param now      the time to note as {@code synced_at}
     */
    Appended append(Connection connection, Limits limits, Collection<PreparedMessage> messages, Instant now)
            throws SQLException {
        Map<String, Projection> projections = new LinkedHashMap<>();
        List<InboxRow> rows = new ArrayList<>(messages.size());
        for (PreparedMessage message : messages) {
            rows.add(message.row());
            if (message.projection() != null) {
                projections.put(message.row().messageId(), message.projection());
            }
        }
        TouchedEntities touched = TouchedEntities.by(projections.values());
        Dialect.Opening opening = dialect.open(connection, limits, rows, touched.written(), touched.deleted());
        projections.keySet().retainAll(opening.added());
        Map<String, String> found = findLanes(connection, messages, opening.added());
        Map<String, Applied> applied =
                application(connection, now, opening.tombstones()).apply(projections);
        List<Arrival> arrivals = Applied.arrivals(rows, found, applied);
        return new Appended(opening.added(), applied, lanes.append(connection, arrivals, now.toEpochMilli()));
    }

    /** The lanes of those of the messages that were added, by their ids. Call before the mirror is written. */
    Map<String, String> findLanes(Connection connection, Collection<PreparedMessage> messages, Set<String> added)
            throws SQLException {
        return lanes.find(
                connection,
                messages.stream()
                        .filter(message -> added.contains(message.row().messageId()))
                        .map(PreparedMessage::wanted)
                        .toList());
    }

    /**
     * Applies a message that is in the inbox already. The caller commits or rolls back.
     *
     * @param now the time to note as {@code synced_at}
     */
    public Applied apply(Connection connection, String messageId, Projection projection, Instant now)
            throws SQLException {
        TouchedEntities touched = TouchedEntities.by(List.of(projection));
        Map<EntityKey, Long> tombstones = dialect.lockEntities(connection, touched.written(), touched.deleted());
        Map<String, Applied> applied = application(connection, now, tombstones).apply(Map.of(messageId, projection));
        return Objects.requireNonNull(applied.get(messageId));
    }

    private Application application(Connection connection, Instant now, Map<EntityKey, Long> tombstones)
            throws SQLException {
        return new Application(dialect, deletes, connection, now, Tombstones.of(connection, tombstones));
    }
}
