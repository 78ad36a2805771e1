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
 * Applies the migrations that only change indexes, beside programs that write, where there are tables already: by their
 * own text they lock those tables for as long as the build takes. They are noted in the history as Flyway would note
 * them, so every version finds what it expects. On fresh tables Flyway applies them.
 */
final class IndexMigrations {
    private static final String NOTE = "insert into %1$s" + Schema.HISTORY_TABLE + """
             (installed_rank, version, description, type, script, checksum, installed_by, execution_time, success)
            select max(installed_rank) + 1, ?, ?, 'SQL', ?, ?, current_user, ?, true from %1$s""" + Schema.HISTORY_TABLE;

    private final Connection connection;
    private final String schema;
    private final IndexBuilder builder;
    private final Function<String, Flyway> flyway;

    /**
     * The migrations on a connection that must not have a limit of time.
     *
     * @param flyway makes one that ends at a version
     */
    IndexMigrations(Connection connection, Database database, Function<String, Flyway> flyway) {
        this.connection = connection;
        this.schema = database.schema() == null ? "" : database.schema() + ".";
        this.flyway = flyway;
        builder = new IndexBuilder(connection, database);
    }

    /** Applies those that are pending, with all migrations before them; nothing on a database without tables. */
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
        long begun = System.nanoTime();
        builder.build(change.added());
        for (String obsolete : change.obsolete()) {
            builder.drop(obsolete);
        }
        Sql note = Sql.of(
                NOTE.formatted(schema),
                change.version(),
                migration.getDescription(),
                migration.getScript(),
                Objects.requireNonNull(migration.getChecksum()),
                (int) ((System.nanoTime() - begun) / 1_000_000));
        note.run(connection);
    }
}
