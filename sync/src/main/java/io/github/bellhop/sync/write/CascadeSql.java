package io.github.bellhop.sync.write;

import io.github.bellhop.sync.mirror.ChildTable;
import io.github.bellhop.sync.mirror.ClerkTables;
import io.github.bellhop.sync.mirror.EntityKey;
import io.github.bellhop.sync.mirror.MirrorTable;
import io.github.bellhop.sync.store.Dialect;
import io.github.bellhop.sync.store.Sql;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** SQL statements for deletions that affect many rows. */
final class CascadeSql {
    private static final String KEY = "entity_id, entity, table_name, column_name";

    private static final String OPEN = "insert into bellhop_cascades (" + KEY + """
            , deleted_at, removes, after_id) values (?, ?, ?, ?, ?, ?, '')
            on conflict (entity_id, entity, table_name, column_name) do update set after_id = '',
                deleted_at = case when excluded.deleted_at < bellhop_cascades.deleted_at
                    then excluded.deleted_at else bellhop_cascades.deleted_at end,
                removes = excluded.removes""";

    private static final String SELECT =
            "select " + KEY + ", deleted_at, removes, after_id from bellhop_cascades where ";
    private static final String NEXT = SELECT + "(" + KEY + ") > (?, ?, ?, ?) order by " + KEY + " limit 1";
    private static final String BY_KEY = "entity_id = ? and entity = ? and table_name = ? and column_name = ?";
    private static final String ADVANCE = "update bellhop_cascades set after_id = ? where " + BY_KEY;
    private static final String CLOSE = "delete from bellhop_cascades where " + BY_KEY;

    private CascadeSql() {}

    /**
     * The rows of a table that are deleted together with one entity.
     *
     * @param parent    the deleted entity
     * @param table     the name of the rows' table
     * @param column    the column with the parent's id
     * @param deletedAt when the parent was deleted, in milliseconds
     * @param removes   whether the rows are removed; otherwise they are marked as deleted
     * @param afterId   the id up to which the rows have been deleted
     */
    record Cascade(EntityKey parent, String table, String column, long deletedAt, boolean removes, String afterId) {
        /** Returns the mirror table; empty if this is a list's table. */
        public Optional<MirrorTable> mirrorTable() {
            return ClerkTables.ALL.stream()
                    .filter(candidate -> candidate.name().equals(table))
                    .findFirst();
        }

        /** Returns the column that the rows are ordered by. */
        private String orderColumn() {
            return listTable()
                    .map(list -> list.idColumn().equals(column) ? list.parentColumn() : list.idColumn())
                    .orElse("id");
        }

        private Optional<ChildTable> listTable() {
            return ClerkTables.ALL.stream()
                    .flatMap(owner -> owner.children().stream())
                    .filter(list -> list.name().equals(table))
                    .findFirst();
        }
    }

    /**
     * Records cascades to be done in steps. A cascade that is already open restarts with the earlier of the two
     * deletion times.
     */
    static void open(Connection connection, Collection<Cascade> cascades) throws SQLException {
        // In the order of the keys, so that two transactions cannot deadlock.
        Map<String, Cascade> sorted = new TreeMap<>();
        cascades.forEach(cascade -> sorted.put(cascade.parent() + cascade.table() + cascade.column(), cascade));
        Sql.updateEach(connection, OPEN, sorted.values(), cascade -> {
            List<Object> parameters = new ArrayList<>(key(cascade));
            parameters.add(cascade.deletedAt());
            parameters.add(cascade.removes());
            return parameters;
        });
    }

    /** Returns the open cascade after the given one, or the first one for null; empty after the last one. */
    static Optional<Cascade> next(Connection connection, @Nullable Cascade after) throws SQLException {
        return Sql.of(NEXT, after == null ? List.of("", "", "", "") : key(after))
                .first(connection, CascadeSql::cascade);
    }

    /** Claims an open cascade for this transaction. Returns empty if it is done or claimed by another transaction. */
    static Optional<Cascade> claim(Connection connection, Dialect dialect, Cascade cascade) throws SQLException {
        return Sql.of(SELECT + BY_KEY + dialect.skippingLocked(), key(cascade)).first(connection, CascadeSql::cascade);
    }

    private static Cascade cascade(ResultSet row) throws SQLException {
        return new Cascade(
                new EntityKey(row.getString("entity"), row.getString("entity_id")),
                row.getString("table_name"),
                row.getString("column_name"),
                row.getLong("deleted_at"),
                row.getBoolean("removes"),
                row.getString("after_id"));
    }

    /**
     * Locks the next rows to delete, skips those that are locked by other transactions, and returns their ids in order.
     */
    static List<String> lockNext(Connection connection, Dialect dialect, Cascade cascade, int limit)
            throws SQLException {
        String locking = cascade.removes() ? dialect.skippingLocked() : dialect.skippingLockedForChange();
        return next(dialect, cascade, cascade.afterId(), limit, locking).texts(connection);
    }

    /** Returns the first remaining row to delete, even if it is locked. */
    static Optional<String> firstRemaining(Connection connection, Dialect dialect, Cascade cascade)
            throws SQLException {
        return next(dialect, cascade, "", 1, "").first(connection, row -> row.getString(1));
    }

    private static Sql next(Dialect dialect, Cascade cascade, String afterId, int limit, String locking) {
        List<Object> parameters = new ArrayList<>(List.of(cascade.parent().id(), afterId));
        String notDeleted = "";
        if (!cascade.removes()) {
            notDeleted = " and (deleted_at is null or deleted_at > " + dialect.timeParameter() + ")";
            parameters.add(Sql.iso(Instant.ofEpochMilli(cascade.deletedAt())));
        }
        parameters.add(limit);
        String sql = "select %1$s from %2$s where %3$s = ? and %1$s > ?%4$s order by %1$s limit ?%5$s"
                .formatted(cascade.orderColumn(), cascade.table(), cascade.column(), notDeleted, locking);
        return Sql.of(sql, parameters);
    }

    /** Removes these rows of a list. */
    static void removeFromLists(Connection connection, Cascade cascade, Collection<String> ids) throws SQLException {
        String sql = "delete from %s where %s = ? and %s = ?"
                .formatted(cascade.table(), cascade.column(), cascade.orderColumn());
        Sql.updateEach(connection, sql, ids, id -> List.of(cascade.parent().id(), id));
    }

    /**
     * Records that the rows up to this id have been deleted, except those that other transactions had locked. An empty
     * id restarts the cascade.
     */
    static void advance(Connection connection, Cascade cascade, String afterId) throws SQLException {
        List<Object> parameters = new ArrayList<>(List.of(afterId));
        parameters.addAll(key(cascade));
        Sql.of(ADVANCE, parameters).run(connection);
    }

    /** Records that all rows have been deleted. */
    static void close(Connection connection, Cascade cascade) throws SQLException {
        Sql.of(CLOSE, key(cascade)).run(connection);
    }

    private static List<Object> key(Cascade cascade) {
        return List.of(cascade.parent().id(), cascade.parent().entity(), cascade.table(), cascade.column());
    }
}
