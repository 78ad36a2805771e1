package io.github.bellhop.sync.store;

import io.github.bellhop.BellhopException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;

/**
 * The tables, made and changed by migrations of Bellhop's own: their history stands in
 * {@code bellhop_schema_history}, apart from any that the app keeps.
 */
public final class Schema {
    /** Where Flyway notes what has been applied: a table of Bellhop's own. */
    public static final String HISTORY_TABLE = "bellhop_schema_history";
    /** Where the migrations are. */
    public static final String LOCATION = "classpath:io/github/bellhop/sync/migrations";

    /** The migrations, in their order; Flyway finds the same ones by itself. */
    static final List<String> MIGRATIONS = List.of(
            "V1__inbox_and_mirror",
            "V2__all_families",
            "V3__handler_runs",
            "V4__finds",
            "V5__discards",
            "V6__entity_messages",
            "V7__erasure_addresses");

    private Schema() {}

    /**
     * Brings the tables up to date; does nothing when they are. Several instances may do so at once.
     *
     * @throws StoreException when the database cannot be reached: try again later
     * @throws SchemaException when a migration failed
     */
    public static void migrate(Database database) {
        int unused = database.read(connection -> {
            // Flyway's own lock comes too late where there is not even its history yet.
            database.dialect().lockSchema(connection);
            try {
                apply(database);
            } finally {
                database.dialect().unlockSchema(connection);
            }
            return 1;
        });
    }

    /**
     * Finds out whether the tables are up to date, and changes nothing.
     *
     * @throws StoreException when the database cannot be reached: try again later
     * @throws SchemaException when they are not
     */
    public static void validate(Database database) {
        try {
            flyway(database).validate();
        } catch (FlywayException fault) {
            throw meaning(database, fault);
        }
    }

    /**
     * The migrations that are not applied yet, such as {@code 4 finds}; empty when the tables are up to date.
     *
     * @throws StoreException when the database cannot be reached
     */
    public static List<String> pending(Database database) {
        try {
            return Arrays.stream(flyway(database).info().pending())
                    .map(migration -> migration.getVersion() + " " + migration.getDescription())
                    .toList();
        } catch (FlywayException fault) {
            throw meaning(database, fault);
        }
    }

    /** All migrations as one script, for those who apply them by other means; it notes nothing in the history. */
    public static String script(Dialect dialect) {
        StringBuilder script = new StringBuilder();
        for (String migration : MIGRATIONS) {
            script.append("-- ").append(migration).append("\n\n").append(text(migration));
        }
        String sql = script.toString();
        for (Map.Entry<String, String> type : dialect.typePlaceholders().entrySet()) {
            sql = sql.replace("${" + type.getKey() + "}", type.getValue());
        }
        return sql;
    }

    private static String text(String migration) {
        String file = "/" + LOCATION.substring(LOCATION.indexOf(':') + 1) + "/" + migration + ".sql";
        try (InputStream in = Schema.class.getResourceAsStream(file)) {
            return new String(Objects.requireNonNull(in, file).readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    /**
     * Does about the tables what the mode says.
     *
     * @throws StoreException when the database cannot be reached: try again later
     * @throws SchemaException when a migration failed, or the tables are not up to date
     */
    public static void prepare(Database database, SchemaMode mode) {
        switch (mode) {
            case MIGRATE -> migrate(database);
            case VALIDATE -> validate(database);
            case NONE -> {}
        }
    }

    private static void apply(Database database) {
        try {
            if (!flyway(database).migrate().success) {
                throw new SchemaException(null);
            }
        } catch (FlywayException fault) {
            throw meaning(database, fault);
        }
    }

    private static Flyway flyway(Database database) {
        var flyway = Flyway.configure(Schema.class.getClassLoader())
                .dataSource(database.dataSource())
                .table(HISTORY_TABLE)
                .locations(LOCATION)
                .baselineOnMigrate(true)
                .baselineVersion("0")
                .placeholders(database.dialect().typePlaceholders());
        String schema = database.schema();
        if (schema != null) {
            flyway.defaultSchema(schema).schemas(schema).createSchemas(true);
        }
        return flyway.load();
    }

    private static BellhopException meaning(Database database, FlywayException fault) {
        for (Throwable cause = fault; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLException sql && database.dialect().isPassing(sql)) {
                return database.dialect().classify(sql);
            }
        }
        return new SchemaException(fault);
    }
}
