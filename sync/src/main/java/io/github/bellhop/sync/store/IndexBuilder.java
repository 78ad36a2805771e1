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
 * Builds and drops indexes. On PostgreSQL others go on writing meanwhile, so the connection must be outside any
 * transaction; an index whose build was interrupted is found and built again.
 */
final class IndexBuilder {
    private static final Logger log = LoggerFactory.getLogger(IndexBuilder.class);
    private static final String ON_POSTGRESQL = """
            select format('%I.%I', n.nspname, c.relname)
            from pg_index i join pg_class c on c.oid = i.indexrelid join pg_namespace n on n.oid = c.relnamespace
            where c.relname = ? and i.indrelid = to_regclass(?) and i.indisvalid =\s""";
    private static final String ON_SQLITE =
            "select name from sqlite_master where type = 'index' and name = ? and tbl_name = ?";

    private final Connection connection;
    private final Dialect dialect;
    private final String schema;
    private final String how;

    /** A builder on a connection that must not have a limit of time, which may look at other schemas than the tables'. */
    IndexBuilder(Connection connection, Database database) {
        this.connection = connection;
        this.dialect = database.dialect();
        this.schema = database.schema() == null ? "" : database.schema() + ".";
        this.how = dialect.buildsBesideWriters() ? "concurrently " : "";
    }

    /** The indexes that are missing or invalid. */
    List<TableIndex> missing(Collection<TableIndex> wanted) throws SQLException {
        List<TableIndex> missing = new ArrayList<>();
        for (TableIndex index : wanted) {
            String find = dialect.buildsBesideWriters() ? ON_POSTGRESQL + "true" : ON_SQLITE;
            if (!Sql.of(find, index.name(), table(index)).exists(connection)) {
                missing.add(index);
            }
        }
        return missing;
    }

    /** Builds the indexes that are missing or invalid. The next call finishes what a crash left. */
    void build(Collection<TableIndex> wanted) throws SQLException {
        for (TableIndex index : missing(wanted)) {
            long begun = System.nanoTime();
            log.info("The index {} on {} is being built", index.name(), index.table());
            if (dialect.buildsBesideWriters()) {
                // An index whose build was interrupted is useless, and its name is taken.
                for (String leftover : Sql.of(ON_POSTGRESQL + "false", index.name(), table(index))
                        .texts(connection)) {
                    execute("drop index " + how + "if exists " + leftover);
                }
            }
            execute(index.create(dialect, how, schema));
            long took = Duration.ofNanos(System.nanoTime() - begun).toMillis();
            log.info("The index {} was built in {} ms", index.name(), took);
        }
    }

    /** Drops an index, if it is there. */
    void drop(String name) throws SQLException {
        execute("drop index " + how + "if exists " + schema + name);
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
