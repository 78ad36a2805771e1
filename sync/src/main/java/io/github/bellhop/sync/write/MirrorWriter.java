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
import io.github.bellhop.sync.write.LaneFinder.Wanted;
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
 * Applies messages to the mirror inside a transaction, in any order of arrival and with the same result: deletions
 * first, then rows by version, then their lists. Holds no state; thread-safe.
 *
 * @hidden
 */
public final class MirrorWriter {
    private final Dialect dialect;
    private final Deletes deletes;
    private final Lanes lanes;
    private final LockedEntities locked;

    /** A writer into this database, without handlers. */
    public MirrorWriter(Database database, SyncSettings settings) {
        this(database, settings, new Lanes(database.dialect()));
    }

    /**
     * A writer into this database.
     *
     * @param lanes where those wait who are handed what was mirrored
     */
    public MirrorWriter(Database database, SyncSettings settings, Lanes lanes) {
        dialect = database.dialect();
        deletes = settings.mirror().deletes();
        locked = new LockedEntities(database, settings.clock());
        this.lanes = lanes;
    }

    /** Where those wait who are handed what was mirrored. */
    public Lanes lanes() {
        return lanes;
    }

    /** What other transactions hold of the mirror. */
    public LockedEntities locked() {
        return locked;
    }

    /**
     * What became of a batch.
     *
     * @param applied what became of those that were not in the inbox yet, by their ids; all others were left alone
     * @param handed  the ids of those of them for which a handler runs
     */
    record Appended(Map<String, Applied> applied, Set<String> handed) {}

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
        for (PreparedMessage message : messages) {
            if (message.toMirror() != null) {
                projections.put(message.messageId(), message.toMirror());
            }
        }
        TouchedEntities touched = TouchedEntities.by(projections.values());
        Dialect.Opening opening = dialect.open(connection, limits, messages, touched);
        List<PreparedMessage> added = added(messages, opening.added());
        Map<Wanted, String> found = lanes.find(connection, added);
        projections.keySet().retainAll(opening.added());
        Map<String, Applied> mirrored =
                application(connection, now, opening.tombstones()).apply(projections);
        Map<String, Applied> applied = applied(added, mirrored);
        return new Appended(applied, lanes.append(connection, found, applied, now.toEpochMilli()));
    }

    /** Adds messages to the inbox and applies none. The caller commits or rolls back. */
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
            Applied own = mirrored.get(message.messageId());
            applied.put(message.messageId(), own == null ? Applied.nothingOf(message) : own.of(message));
        }
        return applied;
    }

    /**
     * Applies a message that is in the inbox already. The caller commits or rolls back.
     *
     * @param now the time to note as {@code synced_at}
     */
    public Applied apply(Connection connection, PreparedMessage message, Instant now) throws SQLException {
        return message.projection() == null
                ? Applied.nothingOf(message)
                : apply(connection, message.projection(), now).of(message);
    }

    /** Applies what comes with no message. The caller commits or rolls back. */
    public Applied apply(Connection connection, Projection projection, Instant now) throws SQLException {
        Map<EntityKey, Long> tombstones = dialect.lockEntities(connection, TouchedEntities.by(List.of(projection)));
        Map<String, Applied> applied = application(connection, now, tombstones).apply(Map.of("", projection));
        return Objects.requireNonNull(applied.get(""));
    }

    private Application application(Connection connection, Instant now, Map<EntityKey, Long> tombstones)
            throws SQLException {
        return new Application(dialect, deletes, connection, now, Tombstones.of(connection, tombstones));
    }
}
