package io.github.bellhop.sync;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.bellhop.InvalidSettingException;
import io.github.bellhop.event.EnvelopeReader;
import io.github.bellhop.sync.inbox.IncomingMessage;
import io.github.bellhop.sync.inbox.Intake;
import io.github.bellhop.sync.settings.SyncSettings;
import io.github.bellhop.sync.store.DatabaseSettings;
import io.github.bellhop.sync.store.Databases;
import io.github.bellhop.sync.store.OpenDatabase;
import io.github.bellhop.sync.testing.Json;
import io.github.bellhop.sync.testing.Rows;
import io.github.bellhop.sync.testing.TestDatabase;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Bellhop's tables in a separate schema, on PostgreSQL. */
class OwnSchemaTest {
    private static DatabaseSettings in(DatabaseSettings settings, String schema) {
        return new DatabaseSettings(settings.url(), settings.user(), settings.password(), schema);
    }

    private static void receive(OpenDatabase open, String id) throws Exception {
        try (SyncEngine engine = new SyncEngine(open.database(), SyncSettings.defaults(), new SimpleMeterRegistry())) {
            engine.start();
            byte[] payload = Json.of("{'type':'user.created','data':{'id':'%s','updated_at':1}}", id);
            CompletableFuture<Intake.Receipt> answer = new CompletableFuture<>();
            engine.submit(
                    new IncomingMessage("msg_" + id, EnvelopeReader.read(payload), Instant.now(), payload),
                    answer::complete);
            assertThat(answer.get(20, TimeUnit.SECONDS)).isEqualTo(Intake.Receipt.KEPT);
        }
    }

    @Test
    void coexistsWithTablesOfAppAndOtherSchemas() throws Exception {
        DatabaseSettings settings = TestDatabase.POSTGRESQL.fresh();
        try (OpenDatabase app = Databases.open(settings);
                OpenDatabase first = Databases.open(in(settings, "first"));
                OpenDatabase second = Databases.open(in(settings, "second_1"))) {
            Rows.execute(app.database(), "drop schema public cascade");
            Rows.execute(app.database(), "create schema public");
            Rows.execute(app.database(), "create table clerk_users (of_the_app int)");
            receive(first, "user_1");
            receive(second, "user_2");
            receive(second, "user_3");

            assertThat(Rows.count(app.database(), "first.clerk_users")).isEqualTo(1);
            assertThat(Rows.count(app.database(), "second_1.clerk_users")).isEqualTo(2);
            assertThat(Rows.count(app.database(), "first.clerk_live_sessions")).isZero();
            assertThat(Rows.count(app.database(), "second_1.bellhop_schema_history"))
                    .isPositive();
            assertThat(Rows.query(
                            app.database(),
                            "select table_name from information_schema.tables where table_schema = 'public'"))
                    .hasSize(1);
            assertThat(Rows.count(Databases.unpooled(in(settings, "second_1")), "clerk_users"))
                    .isEqualTo(2);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "Upper", "1st", "with-dash", "a b", "a\"b", "pg_own", "é"})
    void acceptsOnlyPlainNames(String name) {
        assertThatThrownBy(() -> new DatabaseSettings("jdbc:postgresql:x", null, null, name))
                .isInstanceOf(InvalidSettingException.class)
                .hasMessageContaining("bellhop.database.schema must be a plain name");
    }

    @Test
    void rejectsSchemaOnSqlite() {
        assertThatThrownBy(() -> in(TestDatabase.SQLITE.fresh(), "bellhop"))
                .isInstanceOf(InvalidSettingException.class)
                .hasMessageContaining("SQLite has no schemas");
    }
}
