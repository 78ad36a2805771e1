package io.github.bellhop.sync.store;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Builds and drops indexes. On PostgreSQL, indexes are built concurrently with writes, so the connection must be
 * outside any transaction. An index whose build was interrupted is rebuilt.
 */
final class IndexBuilder {
    private static final Logger log = LoggerFactory.getLogger(IndexBuilder.class);
    private static final String FIND_ON_POSTGRESQL = """
            select format('%I.%I', n.nspname, c.relname)
            from pg_index i join pg_class c on c.oid = i.indexrelid join pg_namespace n on n.oid = c.relnamespace
            where c.relname = ? and i.indrelid = to_regclass(?) and i.indisvalid =\s""";
    private static final String FIND_ON_SQLITE =
            "select name from sqlite_master where type = 'index' and name = ? and tbl_name = ?";

    private final Connection connection;
    private final Dialect dialect;
    private final String schema;
    private final String concurrently;

    /**
     * Creates a builder. The connection must have no statement timeout. Its search path need not include the tables'
     * schema.
     */
    IndexBuilder(Connection connection, Database database) {
        this.connection = connection;
        this.dialect = database.dialect();
        this.schema = database.schema() == null ? "" : database.schema() + ".";
        this.concurrently = dialect.buildsIndexesConcurrently() ? "concurrently " : "";
    }

    /** Returns the indexes that are missing or invalid. */
    List<TableIndex> missing(Collection<TableIndex> indexes) throws SQLException {
        List<TableIndex> missing = new ArrayList<>();
        for (TableIndex index : indexes) {
            String find = dialect.buildsIndexesConcurrently() ? FIND_ON_POSTGRESQL + "true" : FIND_ON_SQLITE;
            if (!Sql.of(find, index.name(), table(index)).exists(connection)) {
                missing.add(index);
            }
        }
        return missing;
    }

    /** Builds the indexes that are missing or invalid. After a crash, the next call finishes the work. */
    void build(Collection<TableIndex> indexes) throws SQLException {
        for (TableIndex index : missing(indexes)) {
            long started = System.nanoTime();
            log.info("Building the index {} on {}", index.name(), index.table());
            if (dialect.buildsIndexesConcurrently()) {
                // An index whose build was interrupted is unusable but still occupies its name.
                for (String invalid : Sql.of(FIND_ON_POSTGRESQL + "false", index.name(), table(index))
                        .texts(connection)) {
                    execute("drop index " + concurrently + "if exists " + invalid);
                }
            }
            execute(index.create(dialect, concurrently, schema));
            long took = Duration.ofNanos(System.nanoTime() - started).toMillis();
            log.info("Built the index {} in {} ms", index.name(), took);
        }
    }

    /** Drops an index, if it exists. */
    void drop(String name) throws SQLException {
        execute("drop index " + concurrently + "if exists " + schema + name);
    }

    private String table(TableIndex index) {
        return schema + index.table();
    }

    private void execute(String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
