package io.github.bellhop.sync.write;

import io.github.bellhop.sync.mirror.EntityRow;
import io.github.bellhop.sync.store.Dialect;
import io.github.bellhop.sync.store.Dialect.ChildRows;
import io.github.bellhop.sync.store.Dialect.RowOutcome;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Writes the rows of one transaction and records the outcome of each row. Not thread-safe. */
final class RowWriter {
    private final Dialect dialect;
    private final Connection connection;
    private final Instant now;
    private final Tombstones tombstones;
    private final Set<EntityRow> written = Collections.newSetFromMap(new IdentityHashMap<>());
    private final Set<EntityRow> missing = Collections.newSetFromMap(new IdentityHashMap<>());

    /**
     * Creates a writer for a transaction that has locked its entities.
     *
     * @param tombstones the tombstones that the transaction knows; may grow until the first row is written
     */
    RowWriter(Dialect dialect, Connection connection, Instant now, Tombstones tombstones) {
        this.dialect = dialect;
        this.connection = connection;
        this.now = now;
        this.tombstones = tombstones;
    }

    /** The columns and the kind of a row. Rows of the same shape are written with one statement. */
    private record Shape(long present, boolean existing) {}

    /** Returns whether the row was written. */
    boolean isWritten(EntityRow row) {
        return written.contains(row);
    }

    /** Returns whether the row does not exist and must not be inserted. */
    boolean isMissing(EntityRow row) {
        return missing.contains(row);
    }

    /** Writes rows of one table. No two of them may belong to the same entity. */
    void write(List<EntityRow> pass) throws SQLException {
        Map<Shape, List<EntityRow>> byShape = new LinkedHashMap<>();
        pass.forEach(
                row -> byShape.computeIfAbsent(new Shape(row.present(), row.existing()), shape -> new ArrayList<>())
                        .add(row));
        if (byShape.size() > 1 || pass.get(0).existing()) {
            lock(pass);
        }
        for (List<EntityRow> rows : byShape.values()) {
            writeRows(rows);
        }
    }

    /** Locks all rows in the order of their ids: both the rows that may be inserted and those that are only updated. */
    private void lock(List<EntityRow> pass) throws SQLException {
        List<EntityRow> sorted =
                pass.stream().sorted(Comparator.comparing(EntityRow::id)).toList();
        for (int from = 0, to; from < sorted.size(); from = to) {
            boolean existing = sorted.get(from).existing();
            for (to = from + 1; to < sorted.size() && sorted.get(to).existing() == existing; ) {
                to++;
            }
            List<String> ids =
                    sorted.subList(from, to).stream().map(EntityRow::id).toList();
            if (existing) {
                dialect.lockRows(connection, sorted.get(from).table(), Map.of("id", ids));
            } else {
                dialect.reserveRows(connection, sorted.get(from).table(), ids, now);
            }
        }
    }

    private void writeRows(List<EntityRow> rows) throws SQLException {
        List<@Nullable Long> deletions = new ArrayList<>(rows.size());
        rows.forEach(row -> deletions.add(tombstones.deletedAt(row)));
        List<ChildRows> lists = ChildLists.of(rows, tombstones.keys());
        List<ChildRows> notEmpty =
                lists.stream().filter(list -> !list.rows().isEmpty()).toList();
        List<RowOutcome> outcomes = dialect.upsert(connection, rows, deletions, notEmpty, now);
        Set<String> updated = new HashSet<>();
        for (int i = 0; i < rows.size(); i++) {
            switch (outcomes.get(i)) {
                case INSERTED -> written.add(rows.get(i));
                case UPDATED -> {
                    written.add(rows.get(i));
                    updated.add(rows.get(i).id());
                }
                case MISSING -> missing.add(rows.get(i));
                case STALE -> {}
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
}
