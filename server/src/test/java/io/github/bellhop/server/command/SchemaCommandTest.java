package io.github.bellhop.server.command;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.github.bellhop.SameOnEveryJdk;
import io.github.bellhop.sync.store.Database;
import io.github.bellhop.sync.store.DatabaseSettings;
import io.github.bellhop.sync.store.Databases;
import io.github.bellhop.sync.testing.Rows;
import io.github.bellhop.sync.testing.TestDatabase;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.slf4j.LoggerFactory;

@Isolated("Reads the log, which other tests write to.")
@SameOnEveryJdk
class SchemaCommandTest {
    @TempDir
    private Path folder;

    private Run run(DatabaseSettings settings, String... arguments) {
        Map<String, String> variables = new LinkedHashMap<>();
        variables.put("BELLHOP_DATABASE_URL", settings.url());
        if (settings.user() != null) {
            variables.put("BELLHOP_DATABASE_USER", settings.user());
            variables.put("BELLHOP_DATABASE_PASSWORD", String.valueOf(settings.password()));
        }
        return Run.of(folder, variables, arguments);
    }

    static DatabaseSettings empty(TestDatabase kind) {
        DatabaseSettings settings = kind.fresh();
        if (kind == TestDatabase.POSTGRESQL) {
            Rows.execute(Databases.unpooled(settings), "drop schema public cascade");
            Rows.execute(Databases.unpooled(settings), "create schema public");
        } else {
            Rows.execute(Databases.unpooled(settings), "create table of_the_app (id integer)");
        }
        return settings;
    }

    @ParameterizedTest
    @EnumSource(TestDatabase.class)
    void migratesOnceAndThenFindsNothingToDo(TestDatabase kind) {
        DatabaseSettings settings = empty(kind);
        Run before = run(settings, "schema", "check");
        assertThat(before.exitCode()).as(before.err()).isEqualTo(1);
        assertThat(before.lines())
                .contains("not applied: 1 inbox and mirror")
                .last()
                .asString()
                .contains("migrate");
        assertThat(run(settings, "schema", "migrate").lines())
                .contains("applied: 1 inbox and mirror", "The tables are up to date.");
        Run after = run(settings, "schema", "check");
        assertThat(after.exitCode()).isZero();
        assertThat(after.lines()).containsExactly("The tables are up to date.");
        assertThat(run(settings, "schema", "migrate").lines()).containsExactly("The tables are up to date.");
    }

    /** The printed script creates the same tables and columns as the migrations. */
    @ParameterizedTest
    @EnumSource(TestDatabase.class)
    void printsTheTablesOfTheMigrations(TestDatabase kind) {
        Run printed = Run.withSecret("schema", "print", "--dialect", kind.name().toLowerCase(Locale.ROOT));
        assertThat(printed.exitCode()).isZero();
        assertThat(printed.out())
                .contains("-- V1__inbox_and_mirror", "create table clerk_users")
                .doesNotContain("${");
        DatabaseSettings scripted = empty(kind);
        Database database = Databases.unpooled(scripted);
        for (String statement : printed.out().replaceAll("(?m)--.*$", "").split(";", -1)) {
            if (!statement.isBlank()) {
                Rows.execute(database, statement);
            }
        }
        DatabaseSettings migrated = empty(kind);
        assertThat(run(migrated, "schema", "migrate").exitCode()).isZero();
        assertThat(columns(kind, database))
                .hasSizeGreaterThan(300)
                .containsExactlyInAnyOrderElementsOf(columns(kind, Databases.unpooled(migrated)));
    }

    private static List<String> columns(TestDatabase kind, Database database) {
        String sql = kind == TestDatabase.POSTGRESQL
                ? "select table_name || '.' || column_name || ' ' || data_type as found from information_schema.columns"
                        + " where table_schema = 'public' and table_name <> 'bellhop_schema_history'"
                : "select m.name || '.' || c.name || ' ' || c.type as found from sqlite_master m,"
                        + " pragma_table_info(m.name) c where m.name <> 'bellhop_schema_history'";
        return Rows.query(database, sql).stream()
                .map(row -> String.valueOf(row.get("found")))
                .toList();
    }

    @Test
    void printsEveryMigration() throws Exception {
        Path migrations = Path.of("..", "sync", "src", "main", "resources", "io/github/bellhop/sync/migrations");
        String printed =
                Run.withSecret("schema", "print", "--dialect", "sqlite").out();
        try (var files = Files.list(migrations)) {
            assertThat(files.map(file -> file.getFileName().toString().replace(".sql", "")))
                    .isNotEmpty()
                    .allMatch(name -> printed.contains("-- " + name + "\n"));
        }
    }

    @Test
    void reportsAFolderThatCannotHoldTheFile() throws Exception {
        Path file = Files.writeString(folder.resolve("file"), "not a folder");
        Run run = run(new DatabaseSettings("jdbc:sqlite:" + file + "/deeper/x.db", null, null), "schema", "migrate");
        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.err().replaceAll("\\s+", " "))
                .contains("x.db cannot be created in the folder", "file/deeper", "BELLHOP_DATABASE_URL")
                .doesNotContain("\tat ");
    }

    /** Log lines of libraries would appear between the lines of output. */
    @Test
    void logsNothing() {
        List<DatabaseSettings> empty = List.of(empty(TestDatabase.SQLITE), empty(TestDatabase.POSTGRESQL));
        Logger root = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
        Level before = root.getLevel();
        ListAppender<ILoggingEvent> logged = new ListAppender<>();
        logged.start();
        root.addAppender(logged);
        root.setLevel(Level.INFO);
        try {
            for (DatabaseSettings settings : empty) {
                assertThat(run(settings, "schema", "migrate").exitCode()).isZero();
                assertThat(logged.list).isEmpty();
            }
            Run unreachable =
                    run(new DatabaseSettings("jdbc:postgresql://127.0.0.1:1/none", "u", null), "schema", "migrate");
            assertThat(unreachable.exitCode()).isEqualTo(1);
            assertThat(unreachable.err().replaceAll("\\s+", " "))
                    .contains("server refused the connection; start the server");
            assertThat(logged.list).isEmpty();
        } finally {
            root.setLevel(before);
            root.detachAppender(logged);
        }
    }

    @Test
    void rejectsMissingArguments() {
        assertThat(Run.withSecret("schema").err()).contains("print, check or migrate");
        assertThat(Run.withSecret("schema", "print").err()).contains("--dialect");
        Run absent = Run.of(folder, Map.of(), "schema", "check");
        assertThat(absent.exitCode()).isEqualTo(2);
        assertThat(absent.err()).contains("There is no database");
    }
}
