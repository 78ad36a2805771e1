package io.github.bellhop.sync.write;

import io.github.bellhop.sync.inbox.MessageState;
import io.github.bellhop.sync.mirror.ChildTable;
import io.github.bellhop.sync.mirror.ClerkTables;
import io.github.bellhop.sync.mirror.EntityKey;
import io.github.bellhop.sync.mirror.EntityRow;
import io.github.bellhop.sync.mirror.EntityRow.ChildSet;
import io.github.bellhop.sync.mirror.MirrorTable;
import io.github.bellhop.sync.mirror.Projection;
import io.github.bellhop.sync.mirror.Projection.AuditEntry;
import io.github.bellhop.sync.mirror.Projection.Deletion;
import io.github.bellhop.sync.store.Dialect;
import io.github.bellhop.sync.store.Dialect.ChildRows;
import io.github.bellhop.sync.store.Dialect.RowOutcome;
import java.sql.Connection;
import java.sql.SQLException;
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
 */
public final class MirrorWriter {
    private final Dialect dialect;

    /** A writer for a database of this dialect. */
    public MirrorWriter(Dialect dialect) {
        this.dialect = dialect;
    }

    /**
     * Applies messages. The caller commits or rolls back.
     *
     * @param projections what each message means, by the message's id
     * @param now         the time to note as {@code synced_at}, in milliseconds
     * @return per message id {@link MessageState#MIRRORED} or {@link MessageState#STALE}
     */
    public Map<String, MessageState> apply(Connection connection, Map<String, Projection> projections, long now)
            throws SQLException {
        if (projections.isEmpty()) {
            return Map.of();
        }
        Application application = new Application(connection, now);
        application.lock(projections.values());
        application.delete(projections.values());
        application.audit(projections.values());
        application.write(projections.values());
        Map<String, MessageState> states = new HashMap<>();
        projections.forEach((id, projection) ->
                states.put(id, application.wrote(projection) ? MessageState.MIRRORED : MessageState.STALE));
        return states;
    }

    /** One call of {@link #apply}. */
    private final class Application {
        private final Connection connection;
        private final long now;
        private final Set<EntityRow> writtenRows = Collections.newSetFromMap(new IdentityHashMap<>());
        private Set<EntityKey> writtenTombstones = Set.of();
        private Map<EntityKey, Long> tombstones = new HashMap<>();

        Application(Connection connection, long now) {
            this.connection = connection;
            this.now = now;
        }

        boolean wrote(Projection projection) {
            Deletion deletion = projection.deletion();
            return projection.audit() != null
                    || (deletion != null && writtenTombstones.contains(deletion.key()))
                    || projection.rows().stream().anyMatch(writtenRows::contains);
        }

        void lock(Collection<Projection> projections) throws SQLException {
            Set<EntityKey> written = new HashSet<>();
            Set<EntityKey> deleted = new HashSet<>();
            for (Projection projection : projections) {
                projection.rows().forEach(row -> written.addAll(touched(row)));
                if (projection.deletion() != null) {
                    deleted.add(projection.deletion().key());
                }
            }
            tombstones = dialect.lockEntities(connection, written, deleted);
        }

        void delete(Collection<Projection> projections) throws SQLException {
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
            dialect.markDeleted(connection, table, "id", deletedAtById);
            for (ChildTable child : table.children()) {
                dialect.deleteChildren(connection, child, child.parentColumn(), deletedAtById.keySet());
            }
            for (MirrorTable other : ClerkTables.ALL) {
                for (ChildTable child : other.children()) {
                    if (table.entity().equals(child.elementEntity())) {
                        dialect.deleteChildren(connection, child, child.idColumn(), deletedAtById.keySet());
                    }
                }
                for (Map.Entry<String, MirrorTable> parent : other.parents().entrySet()) {
                    if (parent.getValue().name().equals(table.name())) {
                        dialect.markDeleted(connection, other, parent.getKey(), deletedAtById);
                    }
                }
            }
        }

        void audit(Collection<Projection> projections) throws SQLException {
            List<AuditEntry> entries = projections.stream()
                    .map(Projection::audit)
                    .filter(Objects::nonNull)
                    .toList();
            if (!entries.isEmpty()) {
                dialect.appendAudit(connection, entries);
            }
        }

        void write(Collection<Projection> projections) throws SQLException {
            List<EntityRow> rows =
                    projections.stream().flatMap(p -> p.rows().stream()).toList();
            if (rows.isEmpty()) {
                return;
            }
            for (MirrorTable table : ClerkTables.ALL) {
                List<EntityRow> own = rows.stream()
                        .filter(row -> row.table().name().equals(table.name()))
                        .toList();
                for (List<EntityRow> round : Rounds.of(own)) {
                    writeRound(round);
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
            List<EntityRow> inserted = new ArrayList<>();
            List<EntityRow> updated = new ArrayList<>();
            for (List<EntityRow> rows : byColumns.values()) {
                List<@Nullable Long> deletedAt = new ArrayList<>(rows.size());
                rows.forEach(row -> deletedAt.add(deletedAt(row)));
                List<RowOutcome> outcomes = dialect.upsert(connection, rows, deletedAt, now);
                for (int i = 0; i < rows.size(); i++) {
                    if (outcomes.get(i) != RowOutcome.STALE) {
                        writtenRows.add(rows.get(i));
                        (outcomes.get(i) == RowOutcome.INSERTED ? inserted : updated).add(rows.get(i));
                    }
                }
            }
            replaceChildren(inserted, updated);
        }

        /** Lists go with the row that carries them; a deleted entity has none. */
        private void replaceChildren(List<EntityRow> inserted, List<EntityRow> updated) throws SQLException {
            List<EntityRow> written = new ArrayList<>(inserted);
            written.addAll(updated);
            if (written.isEmpty()) {
                return;
            }
            List<ChildRows> lists = new ArrayList<>();
            for (ChildTable child : written.get(0).table().children()) {
                Set<String> parents = new HashSet<>();
                updated.stream().filter(row -> row.list(child) != null).forEach(row -> parents.add(row.id()));
                List<@Nullable Object[]> rows = new ArrayList<>();
                written.forEach(row -> addElements(row, row.list(child), rows));
                lists.add(new ChildRows(child, parents, rows));
            }
            List<ChildRows> outdated =
                    lists.stream().filter(list -> !list.parents().isEmpty()).toList();
            if (!outdated.isEmpty()) {
                dialect.removeUnlisted(connection, outdated);
            }
            for (ChildRows list : lists) {
                if (!list.rows().isEmpty()) {
                    dialect.writeChildren(connection, list);
                }
            }
        }

        private void addElements(EntityRow row, @Nullable ChildSet set, List<@Nullable Object[]> elements) {
            if (set != null && !tombstones.containsKey(row.key())) {
                set.rows().stream()
                        .filter(element -> !isDeleted(set.table(), element))
                        .forEach(element -> elements.add(withParent(row.id(), element)));
            }
        }

        private boolean isDeleted(ChildTable table, @Nullable Object[] element) {
            return table.elementEntity() != null
                    && tombstones.containsKey(new EntityKey(table.elementEntity(), String.valueOf(element[0])));
        }

        private static @Nullable Object[] withParent(String parentId, @Nullable Object[] element) {
            @Nullable Object[] row = new Object[element.length + 1];
            row[0] = parentId;
            System.arraycopy(element, 0, row, 1, element.length);
            return row;
        }

        /** The earliest deletion of the entity itself or of a parent. */
        private @Nullable Long deletedAt(EntityRow row) {
            return Stream.concat(Stream.of(row.key()), row.parents().stream())
                    .map(tombstones::get)
                    .filter(Objects::nonNull)
                    .min(Long::compare)
                    .orElse(null);
        }

        /** The entity itself, and those whose deletion says something about it or its lists. */
        private static List<EntityKey> touched(EntityRow row) {
            List<EntityKey> keys = new ArrayList<>(row.parents());
            keys.add(row.key());
            for (ChildSet set : row.childSets()) {
                String entity = set.table().elementEntity();
                if (entity != null) {
                    set.rows().forEach(element -> keys.add(new EntityKey(entity, String.valueOf(element[0]))));
                }
            }
            return keys;
        }
    }
}
