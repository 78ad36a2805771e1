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
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;

/** The databases that every contract test runs on. Each call creates a fresh database. */
public enum TestDatabase {
    SQLITE {
        @Override
        public DatabaseSettings fresh() {
            return at(Scratch.folder("sqlite").resolve("bellhop.db"));
        }

        @Override
        public OpenDatabase open() {
            try {
                Path file = Files.copy(Template.FILE, Scratch.folder("sqlite").resolve("bellhop.db"));
                return Databases.open(at(file));
            } catch (IOException fault) {
                throw new UncheckedIOException(fault);
            }
        }
    },
    POSTGRESQL {
        @Override
        public DatabaseSettings fresh() {
            return Server.settings(Server.create());
        }

        @Override
        public OpenDatabase open() {
            return Databases.open(fresh());
        }
    };

    /** Returns the settings of a fresh database. SQLite creates the file when it is opened. */
    public abstract DatabaseSettings fresh();

    /** Opens a fresh database with all tables, copied from a migrated template. */
    public abstract OpenDatabase open();

    /** Opens a database and migrates it. */
    public static OpenDatabase open(DatabaseSettings settings) {
        OpenDatabase open = Databases.open(settings);
        Schema.migrate(open.database());
        return open;
    }

    private static DatabaseSettings at(Path file) {
        return new DatabaseSettings("jdbc:sqlite:" + file, null, null);
    }

    /** A file with all tables. */
    private static final class Template {
        static final Path FILE = make();

        private static Path make() {
            Path file = Scratch.folder("sqlite-template").resolve("bellhop.db");
            TestDatabase.open(at(file)).close();
            return file;
        }
    }

    /** One server for all tests of this process. A database with all tables is the template for the others. */
    private static final class Server {
        private static final String TEMPLATE = "bellhop_template";

        private static final EmbeddedPostgres POSTGRES = start();
        private static final AtomicInteger NUMBER = new AtomicInteger();

        /** The databases of tests that have ended. */
        private static final Queue<String> OLD = new ConcurrentLinkedQueue<>();

        private static EmbeddedPostgres start() {
            try {
                EmbeddedPostgres postgres = EmbeddedPostgres.builder()
                        .setDataDirectory(Scratch.folder("postgresql"))
                        .setRegisterShutdownHook(false)
                        .setServerConfig("max_connections", "500")
                        .setServerConfig("max_wal_size", "256MB")
                        .start();
                Scratch.beforeRemoval(() -> {
                    try {
                        postgres.close();
                    } catch (IOException ignored) {
                        // The process ends anyway.
                    }
                });
                try (Connection connection = postgres.getPostgresDatabase().getConnection();
                        Statement statement = connection.createStatement()) {
                    statement.execute("create database " + TEMPLATE);
                }
                try (OpenDatabase template = TestDatabase.open(settings(postgres, TEMPLATE))) {
                    template.database();
                }
                return postgres;
            } catch (IOException | SQLException fault) {
                throw new IllegalStateException("The tests' PostgreSQL server could not be started", fault);
            }
        }

        static String create() {
            String name = "test_" + NUMBER.incrementAndGet();
            try (Connection connection = POSTGRES.getPostgresDatabase().getConnection();
                    Statement statement = connection.createStatement()) {
                statement.execute("create database " + name + " template " + TEMPLATE + " strategy file_copy");
                removeOld(statement);
            } catch (SQLException fault) {
                throw new IllegalStateException(fault);
            }
            RunningTests.afterTest(() -> OLD.add(name));
            return name;
        }

        private static void removeOld(Statement statement) throws SQLException {
            for (int left = OLD.size(); left > 0; left--) {
                String name = OLD.poll();
                if (name == null) {
                    return;
                }
                // Dropping a database that is in use would wait for its connections.
                boolean inUse;
                try (ResultSet user = statement.executeQuery("select 1 from pg_stat_activity where datname = '" + name
                        + "' and backend_type = 'client backend'")) {
                    inUse = user.next();
                }
                if (inUse) {
                    OLD.add(name);
                } else {
                    statement.execute("drop database " + name);
                }
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
