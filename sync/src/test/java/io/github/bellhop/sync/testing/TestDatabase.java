package io.github.bellhop.sync.testing;

import io.github.bellhop.sync.store.DatabaseSettings;
import io.github.bellhop.sync.store.Databases;
import io.github.bellhop.sync.store.OpenDatabase;
import io.github.bellhop.sync.store.Schema;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.atomic.AtomicInteger;

/** The databases that every contract is checked on. Each call gives a fresh one with all tables in it. */
public enum TestDatabase {
    SQLITE {
        @Override
        public DatabaseSettings fresh() {
            try {
                Path file = Files.createTempDirectory("bellhop-test").resolve("bellhop.db");
                file.toFile().deleteOnExit();
                return new DatabaseSettings("jdbc:sqlite:" + file, null, null);
            } catch (IOException fault) {
                throw new UncheckedIOException(fault);
            }
        }
    },
    POSTGRESQL {
        @Override
        public DatabaseSettings fresh() {
            String name = "test_" + NUMBER.incrementAndGet();
            Server.run("create database " + name + " template " + Server.TEMPLATE);
            return Server.settings(name);
        }
    };

    private static final AtomicInteger NUMBER = new AtomicInteger();

    /** Where a fresh database is. */
    public abstract DatabaseSettings fresh();

    /** A fresh database, opened and migrated. */
    public OpenDatabase open() {
        return open(fresh());
    }

    /** A database, opened and migrated. */
    public static OpenDatabase open(DatabaseSettings settings) {
        OpenDatabase open = Databases.open(settings);
        Schema.migrate(open.database());
        return open;
    }

    /** One server for all tests of this process; a database with the tables in it is the template of the others. */
    private static final class Server {
        static final String TEMPLATE = "bellhop_template";
        private static final EmbeddedPostgres POSTGRES = start();

        private static EmbeddedPostgres start() {
            try {
                EmbeddedPostgres postgres = EmbeddedPostgres.builder()
                        .setServerConfig("max_connections", "200")
                        .start();
                Runtime.getRuntime().addShutdownHook(new Thread(() -> {
                    try {
                        postgres.close();
                    } catch (IOException ignored) {
                        // The process ends anyway.
                    }
                }));
                try (Connection connection = postgres.getPostgresDatabase().getConnection();
                        Statement statement = connection.createStatement()) {
                    statement.execute("create database " + TEMPLATE);
                }
                try (OpenDatabase template = TestDatabase.open(settings(postgres, TEMPLATE))) {
                    template.database();
                }
                return postgres;
            } catch (IOException | SQLException fault) {
                throw new IllegalStateException("The PostgreSQL of the tests does not start", fault);
            }
        }

        static void run(String sql) {
            try (Connection connection = POSTGRES.getPostgresDatabase().getConnection();
                    Statement statement = connection.createStatement()) {
                statement.execute(sql);
            } catch (SQLException fault) {
                throw new IllegalStateException(fault);
            }
        }

        static DatabaseSettings settings(String name) {
            return settings(POSTGRES, name);
        }

        private static DatabaseSettings settings(EmbeddedPostgres postgres, String name) {
            return new DatabaseSettings(
                    "jdbc:postgresql://localhost:" + postgres.getPort() + "/" + name, "postgres", "postgres");
        }
    }
}
