package io.github.bellhop.sync.store;

import io.github.bellhop.BellhopException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;

/**
 * Creates and migrates the tables with Bellhop's own migrations. Their history is in {@code bellhop_schema_history},
 * separate from the history of the app's migrations.
 */
public final class Schema {
    /** The table in which Flyway records the applied migrations. */
    public static final String HISTORY_TABLE = "bellhop_schema_history";
    /** The location of the migrations. */
    public static final String LOCATION = "classpath:io/github/bellhop/sync/migrations";

    /** The migrations in order; Flyway finds the same migrations by itself. */
    static final List<String> MIGRATIONS = List.of(
            "V1__inbox_and_mirror",
            "V2__all_families",
            "V3__handler_runs",
            "V4__finds",
            "V5__discards",
            "V6__entity_messages",
            "V7__erasure_addresses",
            "V8__bounded_steps",
            "V9__refusals",
            "V10__handler_failures");

    private static final String LATEST = "latest";
    private static final int MAX_ATTEMPTS = 10;
    private static final long RETRY_NANOS = 200_000_000;

    private Schema() {}

    /**
     * Migrates the tables and builds all indexes. Does nothing if they are up to date. Several instances may call this
     * method at once. Programs of earlier versions may write at the same time: on PostgreSQL, no table is locked
     * against writes while an index is built.
     *
     * @throws StoreException if the database cannot be reached; try again later
     * @throws SchemaException if a migration failed
     */
    public static void migrate(Database database) {
        migrateTables(database);
        while (!buildIndexes(database)) {
            if (Thread.currentThread().isInterrupted()) {
                throw SchemaException.interrupted();
            }
            LockSupport.parkNanos(RETRY_NANOS);
        }
    }

    private static void migrateTables(Database database) {
        for (int attempt = 1; ; attempt++) {
            try {
                // Flyway's own lock requires its history table, which may not exist yet.
                if (database.withLock(SchemaLock.TABLES, true, connection -> migrateTables(database, connection))
                        .isEmpty()) {
                    throw SchemaException.interrupted();
                }
                return;
            } catch (StoreException fault) {
                // A program of an earlier version that starts at the same time waits for the lock inside a statement.
                // This deadlocks with the build of an index.
                if (fault.kind() != StoreException.Kind.CONFLICT || attempt >= MAX_ATTEMPTS) {
                    throw fault;
                }
            }
        }
    }

    private static int migrateTables(Database database, Connection connection) throws SQLException {
        try {
            if (database.dialect().buildsIndexesConcurrently()) {
                new IndexMigrations(connection, database, target -> flyway(database, target)).apply();
            }
            if (!flyway(database, LATEST).migrate().success) {
                throw new SchemaException(null, false);
            }
            return 1;
        } catch (FlywayException fault) {
            throw classified(database, fault);
        }
    }

    /**
     * Builds the indexes that are missing or invalid. Returns false if another instance is building them. Programs can
     * run without these indexes, but listing is slower.
     */
    public static boolean buildIndexes(Database database) {
        if (missingIndexes(database).isEmpty()) {
            return true;
        }
        return database.withLock(SchemaLock.INDEXES, false, connection -> {
                    new IndexBuilder(connection, database).build(TableIndex.ALL);
                    return true;
                })
                .isPresent();
    }

    private static List<String> missingIndexes(Database database) {
        return database.read(connection -> new IndexBuilder(connection, database).missing(TableIndex.ALL)).stream()
                .map(TableIndex::name)
                .toList();
    }

    /**
     * Checks that the tables and all indexes are up to date. Changes nothing.
     *
     * @throws StoreException if the database cannot be reached; try again later
     * @throws SchemaException if the tables or indexes are not up to date
     */
    public static void validate(Database database) {
        try {
            flyway(database, LATEST).validate();
        } catch (FlywayException fault) {
            throw classified(database, fault);
        }
        List<String> missing = missingIndexes(database);
        if (!missing.isEmpty()) {
            throw new SchemaException(missing);
        }
    }

    /**
     * Returns the migrations that have not been applied, such as {@code 4 finds}, and the indexes that have not been
     * built, such as {@code index bellhop_inbox_dead_letters}. Empty if the tables are up to date.
     *
     * @throws StoreException if the database cannot be reached
     */
    public static List<String> pending(Database database) {
        try {
            Stream<String> migrations = Arrays.stream(
                            flyway(database, LATEST).info().pending())
                    .map(migration -> migration.getVersion() + " " + migration.getDescription());
            Stream<String> indexes = missingIndexes(database).stream().map(name -> "index " + name);
            return Stream.concat(migrations, indexes).toList();
        } catch (FlywayException fault) {
            throw classified(database, fault);
        }
    }

    /**
     * Returns all migrations and indexes as one script, for use with other tools. The script does not write to the
     * history table.
     */
    public static String script(Dialect dialect) {
        StringBuilder script = new StringBuilder();
        for (String migration : MIGRATIONS) {
            script.append("-- ").append(migration).append("\n\n").append(text(migration));
        }
        String indexes = TableIndex.ALL.stream()
                .map(index -> index.create(dialect, "", "") + ";\n")
                .collect(Collectors.joining());
        return dialect.typed(script.toString()) + "\n-- Indexes\n\n" + indexes;
    }

    private static String text(String migration) {
        String file = "/" + LOCATION.substring(LOCATION.indexOf(':') + 1) + "/" + migration + ".sql";
        try (InputStream in = Schema.class.getResourceAsStream(file)) {
            return new String(Objects.requireNonNull(in, file).readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException fault) {
            throw new UncheckedIOException(fault);
        }
    }

    /**
     * Prepares the tables according to the mode. On PostgreSQL, indexes that are missing from a non-empty inbox are not
     * built here; they can be built while the program runs.
     *
     * @throws StoreException if the database cannot be reached; try again later
     * @throws SchemaException if a migration failed, or the tables are not up to date
     */
    public static void prepare(Database database, SchemaMode mode) {
        switch (mode) {
            case MIGRATE -> {
                migrateTables(database);
                if (!database.dialect().buildsIndexesConcurrently() || database.read(InboxSql::isEmpty)) {
                    boolean unused = buildIndexes(database);
                }
            }
            case VALIDATE -> validate(database);
            case NONE -> {}
        }
    }

    private static Flyway flyway(Database database, String target) {
        var flyway = Flyway.configure(Schema.class.getClassLoader())
                .dataSource(database.longConnections())
                .callbacks(new MigrationJournal(database))
                .table(HISTORY_TABLE)
                .locations(LOCATION)
                .baselineOnMigrate(true)
                .baselineVersion("0")
                .target(target)
                .placeholders(database.dialect().typePlaceholders());
        String schema = database.schema();
        if (schema != null) {
            flyway.defaultSchema(schema).schemas(schema).createSchemas(true);
        }
        return flyway.load();
    }

    private static BellhopException classified(Database database, FlywayException fault) {
        boolean rightMissing = false;
        for (Throwable cause = fault; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLException sql) {
                StoreException classified = database.dialect().classify(sql);
                if (database.dialect().isTransient(sql)) {
                    return classified;
                }
                rightMissing |= classified.isMissingRight();
            }
        }
        return new SchemaException(fault, rightMissing);
    }
}
