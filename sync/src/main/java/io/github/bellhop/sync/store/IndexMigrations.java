package io.github.bellhop.sync.store;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.MigrationInfo;

/**
 * Applies migrations that only change indexes. On existing tables, other programs can write in the meantime; the
 * migration scripts themselves would lock the tables for the whole build. Records the migrations in the history as
 * Flyway does, so that every version of Bellhop finds the history that it expects. On new tables, Flyway applies them.
 */
final class IndexMigrations {
    private static final String RECORD = "insert into %1$s" + Schema.HISTORY_TABLE + """
             (installed_rank, version, description, type, script, checksum, installed_by, execution_time, success)
            select max(installed_rank) + 1, ?, ?, 'SQL', ?, ?, current_user, ?, true from %1$s""" + Schema.HISTORY_TABLE;

    private final Connection connection;
    private final String schema;
    private final IndexBuilder builder;
    private final Function<String, Flyway> flyway;

    /**
     * Creates an instance. The connection must have no statement timeout.
     *
     * @param flyway returns a Flyway for a target version
     */
    IndexMigrations(Connection connection, Database database, Function<String, Flyway> flyway) {
        this.connection = connection;
        this.schema = database.schema() == null ? "" : database.schema() + ".";
        this.flyway = flyway;
        builder = new IndexBuilder(connection, database);
    }

    /**
     * Applies the pending index migrations, and all migrations before them. Does nothing if there are no tables yet.
     */
    void apply() throws SQLException {
        boolean hasTables = Arrays.stream(flyway.apply("latest").info().applied())
                .anyMatch(migration -> String.valueOf(migration.getVersion()).equals("1"));
        if (!hasTables) {
            return;
        }
        for (TableIndex.Change change : TableIndex.CHANGES) {
            if (pending(change).isPresent()) {
                int before = Integer.parseInt(change.version()) - 1;
                var unused = flyway.apply(String.valueOf(before)).migrate();
                apply(change, pending(change).orElseThrow());
            }
        }
    }

    private Optional<MigrationInfo> pending(TableIndex.Change change) {
        return Arrays.stream(flyway.apply("latest").info().pending())
                .filter(migration -> String.valueOf(migration.getVersion()).equals(change.version()))
                .findFirst();
    }

    private void apply(TableIndex.Change change, MigrationInfo migration) throws SQLException {
        long started = System.nanoTime();
        builder.build(change.added());
        for (String obsolete : change.obsolete()) {
            builder.drop(obsolete);
        }
        Sql record = Sql.of(
                RECORD.formatted(schema),
                change.version(),
                migration.getDescription(),
                migration.getScript(),
                Objects.requireNonNull(migration.getChecksum()),
                (int) ((System.nanoTime() - started) / 1_000_000));
        record.run(connection);
    }
}
