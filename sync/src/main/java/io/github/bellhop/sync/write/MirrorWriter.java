package io.github.bellhop.sync.write;

import io.github.bellhop.sync.inbox.InboxRow;
import io.github.bellhop.sync.inbox.MessageState;
import io.github.bellhop.sync.lane.Arrival;
import io.github.bellhop.sync.lane.Lanes;
import io.github.bellhop.sync.lane.Wants;
import io.github.bellhop.sync.mirror.ChildTable;
import io.github.bellhop.sync.mirror.ClerkTables;
import io.github.bellhop.sync.mirror.Deletes;
import io.github.bellhop.sync.mirror.EntityKey;
import io.github.bellhop.sync.mirror.EntityRow;
import io.github.bellhop.sync.mirror.MirrorTable;
import io.github.bellhop.sync.mirror.Persons;
import io.github.bellhop.sync.mirror.Projection;
import io.github.bellhop.sync.mirror.Projection.AuditEntry;
import io.github.bellhop.sync.mirror.Projection.Deletion;
import io.github.bellhop.sync.store.Dialect;
import io.github.bellhop.sync.store.Dialect.ChildRows;
import io.github.bellhop.sync.store.Dialect.RowOutcome;
import io.github.bellhop.sync.store.ErasureSql;
import io.github.bellhop.sync.store.RemovalSql;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

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
     * @param messages no id twice
     * @param now      the time to note as {@code synced_at}
     */
    Appended append(Connection connection, Collection<PreparedMessage> messages, Instant now) throws SQLException {
        Map<String, Projection> projections = new LinkedHashMap<>();
        List<InboxRow> rows = new ArrayList<>(messages.size());
        for (PreparedMessage message : messages) {
            rows.add(message.row());
            if (message.projection() != null) {
                projections.put(message.row().messageId(), message.projection());
            }
        }
        TouchedEntities touched = TouchedEntities.by(projections.values());
        Dialect.Opening opening = dialect.open(connection, rows, touched.written(), touched.deleted());
        projections.keySet().retainAll(opening.added());
        Map<String, Applied> applied = new Application(connection, now, opening.tombstones()).apply(projections);
        rows.removeIf(row -> !lanes.isWanted(row.type()));
        List<Arrival> arrivals = Applied.arrivals(rows, opening.added(), applied);
        return new Appended(opening.added(), applied, lanes.append(connection, arrivals, now.toEpochMilli()));
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
        Map<String, Applied> applied =
                new Application(connection, now, tombstones).apply(Map.of(messageId, projection));
        return Objects.requireNonNull(applied.get(messageId));
    }

    /** The messages of one transaction, once their entities are locked. */
    private final class Application {
        private final Connection connection;
        private final Instant now;
        private final Map<EntityKey, Long> tombstones;
        private final Set<EntityRow> writtenRows = Collections.newSetFromMap(new IdentityHashMap<>());
        private final Set<EntityKey> erased;
        private final Lateness lateness;
        private Set<EntityKey> writtenTombstones = Set.of();

        Application(Connection connection, Instant now, Map<EntityKey, Long> tombstones) throws SQLException {
            this.connection = connection;
            this.now = now;
            this.tombstones = tombstones;
            this.lateness = new Lateness(tombstones.keySet());
            this.erased = tombstones.isEmpty() ? Set.of() : ErasureSql.erased(connection, tombstones.keySet());
        }

        Map<String, Applied> apply(Map<String, Projection> projections) throws SQLException {
            Map<String, Projection> allowed = new LinkedHashMap<>();
            projections.forEach((id, projection) -> allowed.put(id, withoutErased(projection)));
            List<Projection> applicable = allowed.values().stream()
                    .filter(projection -> !isErased(projection))
                    .toList();
            delete(applicable);
            audit(applicable);
            write(applicable);
            Map<String, Applied> applied = new HashMap<>();
            allowed.forEach((id, projection) -> applied.put(id, applied(projection)));
            return applied;
        }

        private Applied applied(Projection projection) {
            boolean deleted = lateness.isDeleted(projection);
            boolean stale = lateness.isOvertaken(projection) || isBehind(projection);
            lateness.pass(projection);
            if (isErased(projection)) {
                return new Applied(MessageState.KEPT, "erased", true, stale, deleted);
            }
            if (projection.isEmpty()) {
                return new Applied(MessageState.KEPT, null, isPrivate(projection), false, false);
            }
            MessageState state = wrote(projection) ? MessageState.MIRRORED : MessageState.STALE;
            boolean clear = isPrivate(projection)
                    || projection.rows().stream()
                            .anyMatch(row -> row.table().name().equals(ClerkTables.COMMUNICATIONS.name()));
            return new Applied(state, null, clear, stale, deleted);
        }

        /** A line of the audit log is written for every message, so it says nothing about the entity's own row. */
        private boolean isBehind(Projection projection) {
            return projection.rows().isEmpty()
                    ? projection.deletion() != null && !wrote(projection)
                    : !writtenRows.contains(projection.rows().get(0));
        }

        /** Nothing is written about people who were erased, nor about what was erased with them. */
        private boolean isErased(Projection projection) {
            return !erased.isEmpty() && TouchedEntities.subjects(projection).anyMatch(erased::contains);
        }

        /** What is sent about a deleted user is not needed any longer than it takes to mirror it. */
        private boolean isPrivate(Projection projection) {
            if (tombstones.isEmpty()) {
                return false;
            }
            Persons persons = projection.persons();
            return (persons.subject() != null && tombstones.containsKey(ErasureSql.user(persons.subject())))
                    || isErased(persons.mentioned());
        }

        /** The same without what it tells of an erased person who is only mentioned. */
        private Projection withoutErased(Projection projection) {
            return isErased(projection.persons().mentioned()) ? projection.withoutMention() : projection;
        }

        private boolean isErased(@Nullable String userId) {
            return userId != null && erased.contains(ErasureSql.user(userId));
        }

        private boolean wrote(Projection projection) {
            Deletion deletion = projection.deletion();
            return projection.audit() != null
                    || (deletion != null && writtenTombstones.contains(deletion.key()))
                    || projection.rows().stream().anyMatch(writtenRows::contains);
        }

        private void delete(Collection<Projection> projections) throws SQLException {
            Map<EntityKey, Deletion> earliest = new LinkedHashMap<>();
            for (Projection projection : projections) {
                if (projection.deletion() != null) {
                    earliest.merge(
                            projection.deletion().key(),
                            projection.deletion(),
                            (a, b) -> a.deletedAt() <= b.deletedAt() ? a : b);
                }
            }
            if (earliest.isEmpty()) {
                return;
            }
            writtenTombstones = dialect.writeTombstones(connection, earliest.values());
            earliest.forEach((key, deletion) -> tombstones.merge(key, deletion.deletedAt(), Math::min));
            lockChildren(earliest.values());
            for (MirrorTable table : ClerkTables.ALL) {
                Map<String, Long> own = new HashMap<>();
                earliest.values().stream()
                        .filter(deletion -> deletion.table().name().equals(table.name()))
                        .forEach(deletion -> own.put(deletion.id(), deletion.deletedAt()));
                if (!own.isEmpty()) {
                    delete(table, own);
                }
            }
            if (deletes == Deletes.ERASE) {
                requestErasures(earliest.keySet());
            }
        }

        private void requestErasures(Set<EntityKey> deleted) throws SQLException {
            List<String> users = deleted.stream()
                    .filter(key -> key.entity().equals(ClerkTables.USERS.entity()))
                    .map(EntityKey::id)
                    .toList();
            ErasureSql.request(connection, users, now.toEpochMilli());
        }

        /** What has a parent may be deleted by its own id and by its parents', at once and elsewhere too. */
        private void lockChildren(Collection<Deletion> deletions) throws SQLException {
            for (MirrorTable table : ClerkTables.ALL) {
                Map<String, Set<String>> idsByColumn = new HashMap<>();
                for (Deletion deletion : deletions) {
                    if (deletion.table().name().equals(table.name())) {
                        idsByColumn
                                .computeIfAbsent("id", column -> new HashSet<>())
                                .add(deletion.id());
                    }
                    table.parents().forEach((column, parent) -> {
                        if (deletion.table().name().equals(parent.name())) {
                            idsByColumn
                                    .computeIfAbsent(column, key -> new HashSet<>())
                                    .add(deletion.id());
                        }
                    });
                }
                if (!table.parents().isEmpty() && !idsByColumn.isEmpty()) {
                    dialect.lockRows(connection, table, idsByColumn);
                }
            }
        }

        private void delete(MirrorTable table, Map<String, Long> deletedAtById) throws SQLException {
            remove(table, "id", deletedAtById);
            if (!isLeftToEraser(table)) {
                for (ChildTable child : table.children()) {
                    dialect.deleteChildren(connection, child, child.parentColumn(), deletedAtById.keySet());
                }
            }
            for (MirrorTable other : ClerkTables.ALL) {
                for (ChildTable child : other.children()) {
                    if (table.entity().equals(child.elementEntity())) {
                        dialect.deleteChildren(connection, child, child.idColumn(), deletedAtById.keySet());
                    }
                }
                for (Map.Entry<String, MirrorTable> parent : other.parents().entrySet()) {
                    if (parent.getValue().name().equals(table.name())) {
                        remove(other, parent.getKey(), deletedAtById);
                    }
                }
            }
        }

        private void remove(MirrorTable table, String column, Map<String, Long> deletedAtById) throws SQLException {
            if (deletes == Deletes.SOFT || isLeftToEraser(table)) {
                dialect.markDeleted(connection, table, column, deletedAtById);
            } else {
                RemovalSql.remove(connection, table, column, deletedAtById.keySet());
            }
        }

        /** The addresses by which an eraser finds the rest of a person's rows stand in the user's. */
        private boolean isLeftToEraser(MirrorTable table) {
            return deletes == Deletes.ERASE && table.name().equals(ClerkTables.USERS.name());
        }

        private void audit(Collection<Projection> projections) throws SQLException {
            List<AuditEntry> entries = projections.stream()
                    .map(Projection::audit)
                    .filter(Objects::nonNull)
                    .toList();
            if (!entries.isEmpty()) {
                dialect.appendAudit(connection, entries);
            }
        }

        private void write(Collection<Projection> projections) throws SQLException {
            Map<String, List<EntityRow>> byTable = new HashMap<>();
            for (Projection projection : projections) {
                for (EntityRow row : projection.rows()) {
                    if (deletes == Deletes.SOFT || deletedAt(row) == null) {
                        byTable.computeIfAbsent(row.table().name(), name -> new ArrayList<>())
                                .add(row);
                    }
                }
            }
            if (byTable.isEmpty()) {
                return;
            }
            for (MirrorTable table : ClerkTables.ALL) {
                List<EntityRow> own = byTable.get(table.name());
                if (own != null) {
                    for (List<EntityRow> round : Rounds.of(own)) {
                        writeRound(round);
                    }
                }
            }
        }

        /** Writes rows of one table of which no two are of the same entity, one statement per set of columns. */
        private void writeRound(List<EntityRow> round) throws SQLException {
            Map<Long, List<EntityRow>> byColumns = new LinkedHashMap<>();
            round.forEach(row -> byColumns
                    .computeIfAbsent(row.present(), key -> new ArrayList<>())
                    .add(row));
            if (byColumns.size() > 1) {
                dialect.reserveRows(
                        connection,
                        round.get(0).table(),
                        round.stream().map(EntityRow::id).toList(),
                        now);
            }
            for (List<EntityRow> rows : byColumns.values()) {
                writeRows(rows);
            }
        }

        private void writeRows(List<EntityRow> rows) throws SQLException {
            List<@Nullable Long> deletedAt = new ArrayList<>(rows.size());
            rows.forEach(row -> deletedAt.add(deletedAt(row)));
            List<ChildRows> lists = Lists.of(rows, tombstones.keySet());
            List<ChildRows> notEmpty =
                    lists.stream().filter(list -> !list.rows().isEmpty()).toList();
            List<RowOutcome> outcomes = dialect.upsert(connection, rows, deletedAt, notEmpty, now);
            Set<String> updated = new HashSet<>();
            for (int i = 0; i < rows.size(); i++) {
                if (outcomes.get(i) != RowOutcome.STALE) {
                    writtenRows.add(rows.get(i));
                }
                if (outcomes.get(i) == RowOutcome.UPDATED) {
                    updated.add(rows.get(i).id());
                }
            }
            if (!updated.isEmpty()) {
                removeUnlisted(lists, updated);
            }
        }

        private void removeUnlisted(List<ChildRows> lists, Set<String> updated) throws SQLException {
            List<ChildRows> outdated = lists.stream()
                    .map(list -> list.of(updated))
                    .filter(list -> !list.parents().isEmpty())
                    .toList();
            if (!outdated.isEmpty()) {
                dialect.removeUnlisted(connection, outdated);
            }
        }

        /** The earliest deletion of the entity itself or of a parent. */
        private @Nullable Long deletedAt(EntityRow row) {
            if (tombstones.isEmpty()) {
                return null;
            }
            return Stream.concat(Stream.of(row.key()), row.parents().stream())
                    .map(tombstones::get)
                    .filter(Objects::nonNull)
                    .min(Long::compare)
                    .orElse(null);
        }
    }
}
