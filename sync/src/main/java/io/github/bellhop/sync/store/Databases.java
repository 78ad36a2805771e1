package io.github.bellhop.sync.store;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteDataSource;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

/** Opens databases by JDBC URL, with the connection settings that the guarantees require. */
public final class Databases {
    /** How long a transaction waits for another process's write lock on an SQLite file. */
    static final Duration SQLITE_BUSY_TIMEOUT = Duration.ofSeconds(5);

    /** The socket timeout. An unreachable server must not block the writer for longer than a delivery may take. */
    private static final int SOCKET_TIMEOUT_SECONDS = 10;

    private Databases() {}

    /**
     * Opens a database with a small connection pool. Does not connect yet. Creates an SQLite file and its folder if
     * they are missing; only the owner can read the file.
     *
     * @throws UnsupportedDatabaseException if the URL is not valid or its database is not supported
     * @throws DatabaseFileException if the SQLite file cannot be created or is not a database
     * @throws IllegalArgumentException if a schema is set for SQLite
     */
    public static OpenDatabase open(DatabaseSettings settings) {
        return open(settings, dialectOf(settings.url()).runsAtOnce());
    }

    /**
     * Opens a database with a pool that is large enough for this number of concurrent handler runs. On SQLite, at most
     * one run is active at a time.
     */
    public static OpenDatabase open(DatabaseSettings settings, int runsAtOnce) {
        return open(settings, runsAtOnce, null);
    }

    /**
     * Opens a database for a command. A read statement that takes longer than the timeout is cancelled at the server.
     */
    public static OpenDatabase openForCommand(DatabaseSettings settings, Duration timeout) {
        return open(settings, 0, timeout);
    }

    private static OpenDatabase open(DatabaseSettings settings, int runsAtOnce, @Nullable Duration timeout) {
        Dialect dialect = dialectOf(settings.url());
        WatchedFile file = null;
        PostgresConnections server = null;
        HikariConfig pool = new HikariConfig();
        pool.setPoolName("bellhop");
        pool.setInitializationFailTimeout(-1);
        if (dialect instanceof SqliteDialect) {
            SQLiteConfig wal = new SQLiteConfig();
            wal.setJournalMode(SQLiteConfig.JournalMode.WAL);
            pool.setDataSource(sqlite(settings.url(), wal));
            Path path = sqliteFile(settings.url());
            file = path == null ? null : WatchedFile.at(path);
            pool.setMaximumPoolSize(3);
            // Connections are opened only when they are used: the first connection switches the file to WAL, which
            // could block an app that creates its own tables at startup.
            pool.setMinimumIdle(0);
            pool.setConnectionTimeout(SQLITE_BUSY_TIMEOUT.toMillis());
        } else {
            int socketSeconds = timeout == null
                    ? SOCKET_TIMEOUT_SECONDS
                    : (int) Limits.reading(timeout).driver().toSeconds();
            server = PostgresConnections.to(settings, socketSeconds);
            pool.setDataSource(server);
            // Each running handler uses one more connection.
            pool.setMaximumPoolSize(5 + runsAtOnce);
            pool.setMinimumIdle(timeout == null ? 5 : 0);
            pool.setConnectionTimeout(3_000);
            pool.setValidationTimeout(2_000);
        }
        HikariDataSource dataSource = new HikariDataSource(pool);
        Database.Traits traits = new Database.Traits(settings.schema(), timeout, file, server);
        return new OpenDatabase(new Database(dataSource, dialect, traits), dataSource);
    }

    /**
     * Opens a database without a pool, for commands with few statements: every use opens a new connection. Leaves the
     * journal mode of an SQLite file unchanged, so that reading does not change the file.
     *
     * @throws UnsupportedDatabaseException if the URL is not valid or its database is not supported
     * @throws DatabaseFileException if the SQLite file cannot be created or is not a database
     */
    public static Database unpooled(DatabaseSettings settings) {
        Dialect dialect = dialectOf(settings.url());
        if (dialect instanceof SqliteDialect) {
            return Database.of(sqlite(settings.url(), new SQLiteConfig()), dialect);
        }
        PostgresConnections server = PostgresConnections.to(settings, 0);
        return new Database(server, dialect, new Database.Traits(settings.schema(), null, null, server));
    }

    /**
     * Creates a database from the app's own pool. The engine uses up to five connections at once, and four more for
     * handlers, so the pool should have more than nine connections. Connects once to determine the type of the
     * database.
     *
     * <p>Works only for PostgreSQL: on SQLite, the guarantees require connection settings that only {@link #open}
     * applies.
     *
     * @throws UnsupportedDatabaseException if the database is not PostgreSQL
     * @throws StoreException if the database cannot be reached
     */
    public static Database existing(DataSource dataSource) {
        Dialect dialect = new PostgresDialect();
        Database database = Database.of(dataSource, dialect);
        String product = database.read(connection -> connection.getMetaData().getDatabaseProductName());
        if (!product.equals(dialect.name())) {
            throw new UnsupportedDatabaseException("The app's DataSource connects to " + product + ".");
        }
        return database;
    }

    /**
     * Returns the dialect of a JDBC URL.
     *
     * @throws UnsupportedDatabaseException if the URL is not valid or its database is not supported
     */
    public static Dialect dialectOf(String url) {
        return DatabaseUrl.dialect(url);
    }

    /** Returns the file of an SQLite URL; null for other databases. */
    public static @Nullable Path sqliteFile(String url) {
        if (!url.startsWith(DatabaseUrl.SQLITE)) {
            return null;
        }
        String name = url.substring(DatabaseUrl.SQLITE.length());
        int parameters = name.indexOf('?');
        String path = parameters < 0 ? name : name.substring(0, parameters);
        return Path.of(path.startsWith("file:") ? path.substring("file:".length()) : path);
    }

    /**
     * Checks the file of an SQLite URL, if it exists. Does nothing for other databases.
     *
     * @throws DatabaseFileException if the file is a folder, or is not an SQLite database
     */
    public static void requireUsable(String url) {
        Path file = sqliteFile(url);
        if (file != null) {
            requireUsable(file);
        }
    }

    private static void requireUsable(Path file) {
        if (Files.isDirectory(file)) {
            throw new DatabaseFileException(
                    file + " is a folder. Set bellhop.database.url to a file in it, such as jdbc:sqlite:"
                            + file.resolve("bellhop.db") + ".");
        }
        if (file.toFile().length() > 0) {
            requireSqlite(file);
        }
    }

    private static DataSource sqlite(String url, SQLiteConfig config) {
        Path file = sqliteFile(url);
        if (file != null) {
            createPrivate(file);
        }
        config.setSynchronous(SQLiteConfig.SynchronousMode.FULL);
        config.setBusyTimeout((int) SQLITE_BUSY_TIMEOUT.toMillis());
        config.setTransactionMode(SQLiteConfig.TransactionMode.IMMEDIATE);
        // Deleted data is overwritten, not only marked as free.
        config.setPragma(SQLiteConfig.Pragma.SECURE_DELETE, "true");
        SQLiteDataSource dataSource = new SQLiteDataSource(config);
        dataSource.setUrl(url);
        return dataSource;
    }

    private static void createPrivate(Path file) {
        Path folder = file.toAbsolutePath().getParent();
        if (folder == null) {
            return;
        }
        requireUsable(file);
        try {
            Files.createDirectories(folder);
            boolean posix = file.getFileSystem().supportedFileAttributeViews().contains("posix");
            if (posix && Files.notExists(file)) {
                Files.createFile(
                        file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            }
        } catch (IOException fault) {
            throw new DatabaseFileException(file, folder, fault);
        }
    }

    /**
     * Rejects a file that is not an SQLite database. The check uses SQLite itself: opening and closing the file in any
     * other way would release the locks that this process holds on it.
     */
    private static void requireSqlite(Path file) {
        SQLiteConfig readOnly = new SQLiteConfig();
        readOnly.setReadOnly(true);
        SQLiteDataSource dataSource = new SQLiteDataSource(readOnly);
        dataSource.setUrl(DatabaseUrl.SQLITE + file);
        try (Connection connection = dataSource.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("pragma schema_version");
        } catch (SQLException fault) {
            if (fault instanceof SQLiteException sqlite && sqlite.getResultCode() == SQLiteErrorCode.SQLITE_NOTADB) {
                throw new DatabaseFileException(
                        file + " is not an SQLite database. Set bellhop.database.url to another file.");
            }
            // Other faults may be transient. They are reported by the first use.
        }
    }
}
