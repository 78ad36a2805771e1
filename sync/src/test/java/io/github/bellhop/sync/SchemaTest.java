package io.github.bellhop.sync;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.bellhop.SameOnEveryJdk;
import io.github.bellhop.sync.mirror.ChildTable;
import io.github.bellhop.sync.mirror.ClerkTables;
import io.github.bellhop.sync.mirror.Column;
import io.github.bellhop.sync.mirror.MirrorTable;
import io.github.bellhop.sync.read.TableReader;
import io.github.bellhop.sync.store.Database;
import io.github.bellhop.sync.store.DatabaseSettings;
import io.github.bellhop.sync.store.Databases;
import io.github.bellhop.sync.store.OpenDatabase;
import io.github.bellhop.sync.store.Schema;
import io.github.bellhop.sync.store.SchemaException;
import io.github.bellhop.sync.store.SchemaMode;
import io.github.bellhop.sync.store.StoreException;
import io.github.bellhop.sync.store.UnsupportedDatabaseException;
import io.github.bellhop.sync.testing.Gate;
import io.github.bellhop.sync.testing.Rows;
import io.github.bellhop.sync.testing.TestDatabase;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteDataSource;

/** The migrations create exactly the declared tables. */
@SameOnEveryJdk
class SchemaTest {
    @ParameterizedTest
    @EnumSource(TestDatabase.class)
    void createsDeclaredColumnsAndTypes(TestDatabase kind) {
        try (OpenDatabase open = kind.open()) {
            for (MirrorTable table : ClerkTables.ALL) {
                Map<String, String> expected = new LinkedHashMap<>();
                expected.put("id", type(kind, Column.Type.TEXT));
                add(kind, expected, table.columns());
                expected.put("deleted_at", type(kind, Column.Type.TIME));
                expected.put("synced_at", type(kind, Column.Type.TIME));
                expected.put("bellhop_version", type(kind, Column.Type.TEXT));
                assertThat(columns(open, table.name())).as(table.name()).isEqualTo(expected);
                for (ChildTable child : table.children()) {
                    Map<String, String> columns = new LinkedHashMap<>();
                    columns.put(child.parentColumn(), type(kind, Column.Type.TEXT));
                    columns.put(child.idColumn(), type(kind, Column.Type.TEXT));
                    add(kind, columns, child.columns());
                    assertThat(columns(open, child.name())).as(child.name()).isEqualTo(columns);
                }
            }
        }
    }

    @ParameterizedTest
    @EnumSource(TestDatabase.class)
    void showsEveryTableAfterMigratingTwice(TestDatabase kind) {
        try (OpenDatabase open = kind.open()) {
            Schema.migrate(open.database());
            TableReader reader = new TableReader(open.database());
            for (String table : TableReader.tables()) {
                assertThat(reader.newest(table, 10)).as(table).isEmpty();
            }
            assertThat(reader.entity("user_1")).isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource(TestDatabase.class)
    void validatesWithoutChangingAnything(TestDatabase kind) {
        try (OpenDatabase open = kind.open()) {
            Schema.prepare(open.database(), SchemaMode.VALIDATE);
            Rows.execute(open.database(), "delete from bellhop_schema_history where version = '2'");
            assertThatExceptionOfType(SchemaException.class)
                    .isThrownBy(() -> Schema.prepare(open.database(), SchemaMode.VALIDATE));
            Schema.prepare(open.database(), SchemaMode.NONE);
            assertThat(Rows.query(open.database(), "select 1 from bellhop_schema_history where version = '2'"))
                    .isEmpty();
        }
    }

    @Test
    void acceptsOnlyPostgresqlDataSourceOfApp() {
        try (OpenDatabase postgres = TestDatabase.POSTGRESQL.open();
                OpenDatabase sqlite = TestDatabase.SQLITE.open()) {
            assertThat(Databases.existing(postgres.pool()).dialect().name()).isEqualTo("PostgreSQL");
            assertThatExceptionOfType(UnsupportedDatabaseException.class)
                    .isThrownBy(() -> Databases.existing(sqlite.pool()));
        }
    }

    @Test
    void reportsDatabaseLostDuringMigrationAsUnavailable() {
        try (OpenDatabase open = TestDatabase.POSTGRESQL.open()) {
            Gate gate = new Gate();
            AtomicInteger connections = new AtomicInteger();
            gate.set(() -> {
                if (connections.incrementAndGet() > 1) {
                    throw new SQLException("gone", "08006");
                }
                return null;
            });
            assertThatExceptionOfType(StoreException.class)
                    .isThrownBy(() -> Schema.migrate(gate.before(open.database())))
                    .matches(fault -> fault.kind() == StoreException.Kind.UNAVAILABLE);
        }
    }

    /** Another program may write for longer than the busy timeout. */
    @Test
    void reportsFileLockedByAnotherProgramAsUnavailable() throws SQLException {
        DatabaseSettings settings = TestDatabase.SQLITE.fresh();
        Database patient = Databases.unpooled(settings);
        SQLiteConfig atOnce = new SQLiteConfig();
        atOnce.setBusyTimeout(0);
        atOnce.setTransactionMode(SQLiteConfig.TransactionMode.IMMEDIATE);
        SQLiteDataSource file = new SQLiteDataSource(atOnce);
        file.setUrl(settings.url());
        Database impatient = Database.of(file, patient.dialect());
        Schema.migrate(impatient);
        Rows.execute(impatient, "delete from bellhop_schema_history where version = '8'");
        try (Connection other = patient.dataSource().getConnection()) {
            other.setAutoCommit(false);
            assertThatExceptionOfType(StoreException.class)
                    .isThrownBy(() -> Schema.migrate(impatient))
                    .matches(fault -> fault.kind() == StoreException.Kind.UNAVAILABLE);
            other.rollback();
        }
        assertThatExceptionOfType(SchemaException.class)
                .as("the table exists already")
                .isThrownBy(() -> Schema.migrate(impatient));
    }

    @Test
    void migratesOnceWhenTwoInstancesStartTogether() throws Exception {
        for (int i = 0; i < 5; i++) {
            DatabaseSettings settings = TestDatabase.POSTGRESQL.fresh();
            try (OpenDatabase first = Databases.open(settings);
                    OpenDatabase second = Databases.open(settings)) {
                Rows.execute(first.database(), "drop schema public cascade");
                Rows.execute(first.database(), "create schema public");
                if (i % 2 == 0) {
                    Rows.execute(first.database(), "create table of_the_app (id int)");
                }
                CompletableFuture<Void> other = CompletableFuture.runAsync(() -> Schema.migrate(second.database()));
                Schema.migrate(first.database());
                other.get(20, TimeUnit.SECONDS);
                assertThat(Rows.count(first.database(), "clerk_users")).isZero();
            }
        }
    }

    private static void add(TestDatabase kind, Map<String, String> expected, List<Column> columns) {
        columns.forEach(column -> expected.put(column.name(), type(kind, column.type())));
    }

    private static String type(TestDatabase kind, Column.Type type) {
        boolean sqlite = kind == TestDatabase.SQLITE;
        return switch (type) {
            case TEXT -> "text";
            case BOOLEAN -> sqlite ? "integer" : "bool";
            case BIGINT -> sqlite ? "bigint" : "int8";
            case TIME -> sqlite ? "text" : "timestamptz";
            case JSON -> sqlite ? "text" : "jsonb";
        };
    }

    private static Map<String, String> columns(OpenDatabase open, String table) {
        return open.database().read(connection -> {
            Map<String, String> columns = new LinkedHashMap<>();
            try (ResultSet row = connection.getMetaData().getColumns(null, null, table, null)) {
                while (row.next()) {
                    columns.put(
                            row.getString("COLUMN_NAME"),
                            row.getString("TYPE_NAME").toLowerCase());
                }
            }
            return columns;
        });
    }
}
