package io.github.bellhop.sync.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.bellhop.SameOnEveryJdk;
import io.github.bellhop.sync.testing.Rows;
import io.github.bellhop.sync.testing.TestDatabase;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tests that each connection fault is reported with its cause and advice. */
@SameOnEveryJdk
class FaultWordsTest {
    private static void assertFault(DatabaseSettings settings, StoreFault expected, String... words) {
        assertFault(Databases.unpooled(settings), expected, words);
        try (OpenDatabase open = Databases.open(settings)) {
            open.pool().setConnectionTimeout(1_000);
            assertFault(open.database(), expected, words);
        }
    }

    private static void assertFault(Database database, StoreFault expected, String... words) {
        StoreException fault = catchThrowableOfType(StoreException.class, () -> database.read(Connection::getCatalog));
        assertThat(fault).hasMessageContaining(expected.what()).hasMessageContaining(expected.advice());
        assertThat(fault.getMessage()).contains(words);
        assertThat(fault.kind()).isEqualTo(StoreException.Kind.UNAVAILABLE);
    }

    private static DatabaseSettings with(DatabaseSettings settings, String parameters) {
        return new DatabaseSettings(settings.url() + parameters, settings.user(), settings.password());
    }

    @Test
    void reportsUnknownHostAndClosedPort() throws IOException {
        assertFault(
                new DatabaseSettings("jdbc:postgresql://nosuch.invalid/app", "u", "p"),
                StoreFault.UNKNOWN_HOST,
                "bellhop.database.url");
        int closed;
        try (ServerSocket port = new ServerSocket(0)) {
            closed = port.getLocalPort();
        }
        assertFault(
                new DatabaseSettings("jdbc:postgresql://localhost:" + closed + "/app", "u", "p"),
                StoreFault.CONNECTION_REFUSED,
                "host and port");
    }

    @Test
    void reportsMissingTlsOnServer() {
        assertFault(
                with(TestDatabase.POSTGRESQL.fresh(), "?sslmode=require"), StoreFault.NEGOTIATION_FAILED, "sslmode");
    }

    @Test
    void reportsMissingDatabaseConnectionLimitAndUnknownUser() {
        DatabaseSettings settings = TestDatabase.POSTGRESQL.fresh();
        DatabaseSettings missing = new DatabaseSettings(settings.url() + "_nosuch", "postgres", "postgres");
        assertFault(missing, StoreFault.NO_SUCH_DATABASE, "create it");
        Database database = Databases.unpooled(settings);
        Rows.execute(database, "drop role if exists bellhop_alone");
        Rows.execute(database, "create role bellhop_alone login connection limit 0");
        assertFault(
                new DatabaseSettings(settings.url(), "bellhop_alone", null),
                StoreFault.TOO_MANY_CONNECTIONS,
                "max_connections");
        assertFault(new DatabaseSettings(settings.url(), "bellhop_nobody", null), StoreFault.USER_REJECTED, "TLS");
    }

    @Test
    void reportsExhaustedPool() throws Exception {
        try (OpenDatabase open = Databases.open(TestDatabase.POSTGRESQL.fresh())) {
            open.pool().setMaximumPoolSize(1);
            open.pool().setMinimumIdle(1);
            open.pool().setConnectionTimeout(300);
            try (Connection kept = open.pool().getConnection()) {
                assertThat(kept.isValid(1)).isTrue();
                assertFault(open.database(), StoreFault.POOL_EXHAUSTED, "larger");
                assertThatExceptionOfType(StoreException.class)
                        .as("not a missing permission")
                        .isThrownBy(() -> Schema.validate(
                                Database.of(open.pool(), open.database().dialect())));
            }
        }
    }

    @Test
    void rejectsFolderAndNonDatabaseFile(@TempDir Path folder) throws IOException {
        Path words = Files.writeString(folder.resolve("words.txt"), "words, not a database\n".repeat(200));
        for (Path file : new Path[] {folder, words}) {
            DatabaseSettings settings = new DatabaseSettings("jdbc:sqlite:" + file, null, null);
            assertThatExceptionOfType(DatabaseFileException.class)
                    .isThrownBy(() -> Databases.open(settings))
                    .withMessageStartingWith(file.toString());
            assertThatExceptionOfType(DatabaseFileException.class).isThrownBy(() -> Databases.unpooled(settings));
        }
    }
}
