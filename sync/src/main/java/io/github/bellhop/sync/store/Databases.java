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

/** Opens databases by their JDBC URL, with the settings that the guarantees rest on. */
public final class Databases {
    /** How long a transaction waits for another process's write lock on an SQLite file. */
    static final Duration SQLITE_BUSY = Duration.ofSeconds(5);

    /** A server that vanished without a word must not hold the writer longer than a delivery may take. */
    private static final int SOCKET_SECONDS = 10;

    private Databases() {}

    /**
     * A database behind a small pool of connections. Nothing is connected yet; an SQLite file and its folder are
     * made if they are missing, readable by their owner only.
     *
     * @throws UnsupportedDatabaseException when the URL is of no supported database
     * @throws DatabaseFileException when an SQLite file cannot be made, or is no database
     * @throws IllegalArgumentException when a schema is named for SQLite, which has none
     */
    public static OpenDatabase open(DatabaseSettings settings) {
        return open(settings, dialectOf(settings.url()).runsAtOnce());
    }

    /** The same with room for another number of runs of handlers at once; on SQLite there is never more than one. */
    public static OpenDatabase open(DatabaseSettings settings, int runsAtOnce) {
        return open(settings, runsAtOnce, null);
    }

    /**
     * The same for a command, which waits for what it reads as long as it is given: a statement that takes longer is
     * cancelled at the server.
     */
    public static OpenDatabase openForCommand(DatabaseSettings settings, Duration patience) {
        return open(settings, 0, patience);
    }

    private static OpenDatabase open(DatabaseSettings settings, int runsAtOnce, @Nullable Duration patience) {
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
            // Nothing is opened before it is used: the first connection switches the file to WAL, which would be in the
            // way of an app that makes its own tables at its start.
            pool.setMinimumIdle(0);
            pool.setConnectionTimeout(SQLITE_BUSY.toMillis());
        } else {
            int socketSeconds = patience == null
                    ? SOCKET_SECONDS
                    : (int) Limits.reading(patience).driver().toSeconds();
            server = PostgresConnections.to(settings, socketSeconds);
            pool.setDataSource(server);
            // What handlers need comes on top while they run.
            pool.setMaximumPoolSize(5 + runsAtOnce);
            pool.setMinimumIdle(patience == null ? 5 : 0);
            pool.setConnectionTimeout(3_000);
            pool.setValidationTimeout(2_000);
        }
        HikariDataSource dataSource = new HikariDataSource(pool);
        Database.Traits traits = new Database.Traits(settings.schema(), patience, file, server);
        return new OpenDatabase(new Database(dataSource, dialect, traits), dataSource);
    }

    /**
     * A database without a pool: every use connects anew. For commands that ask a few questions and end. An SQLite file
     * stays in the journal mode that it has, so that whoever only reads changes nothing.
     *
     * @throws UnsupportedDatabaseException when the URL is of no supported database
     * @throws DatabaseFileException when an SQLite file cannot be made, or is no database
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
     * A database that the app has a pool for already. The engine uses up to five of its connections at once, and
     * four more for handlers, so it should have more. Connects once, to ask what database it is.
     *
     * <p>On PostgreSQL only: the guarantees on SQLite rest on settings of the connection that {@link #open} makes.
     *
     * @throws UnsupportedDatabaseException when it is of no other database than PostgreSQL
     * @throws StoreException when it gives no connection
     */
    public static Database existing(DataSource dataSource) {
        Dialect dialect = new PostgresDialect();
        Database database = Database.of(dataSource, dialect);
        String product = database.read(connection -> connection.getMetaData().getDatabaseProductName());
        if (!product.equals(dialect.name())) {
            throw new UnsupportedDatabaseException("The app's DataSource is of " + product + ".");
        }
        return database;
    }

    /**
     * The dialect of a JDBC URL.
     *
     * @throws UnsupportedDatabaseException when it is of no supported database, or malformed
     */
    public static Dialect dialectOf(String url) {
        return DatabaseUrl.dialect(url);
    }

    /** The file of an SQLite URL; null for another database. */
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
     * Looks at the file of an SQLite URL, if there is one; does nothing for another database.
     *
     * @throws DatabaseFileException when it is a folder or the file of something else
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
                    file + " is a folder. Name a file in it, such as jdbc:sqlite:" + file.resolve("bellhop.db") + ".");
        }
        if (file.toFile().length() > 0) {
            requireSqlite(file);
        }
    }

    private static DataSource sqlite(String url, SQLiteConfig config) {
        Path file = sqliteFile(url);
        if (file != null) {
            makePrivate(file);
        }
        config.setSynchronous(SQLiteConfig.SynchronousMode.FULL);
        config.setBusyTimeout((int) SQLITE_BUSY.toMillis());
        config.setTransactionMode(SQLiteConfig.TransactionMode.IMMEDIATE);
        // What is cleared and erased is overwritten, not only let go of.
        config.setPragma(SQLiteConfig.Pragma.SECURE_DELETE, "true");
        SQLiteDataSource dataSource = new SQLiteDataSource(config);
        dataSource.setUrl(url);
        return dataSource;
    }

    private static void makePrivate(Path file) {
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
        } catch (IOException unwritable) {
            throw new DatabaseFileException(file, folder, unwritable);
        }
    }

    /**
     * A file of something else would be refused at every use, and never become a database. SQLite itself looks: whoever else
     * opens and closes a file takes away the locks that this process has on it.
     */
    private static void requireSqlite(Path file) {
        SQLiteConfig looking = new SQLiteConfig();
        looking.setReadOnly(true);
        SQLiteDataSource dataSource = new SQLiteDataSource(looking);
        dataSource.setUrl(DatabaseUrl.SQLITE + file);
        try (Connection connection = dataSource.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("pragma schema_version");
        } catch (SQLException fault) {
            if (fault instanceof SQLiteException sqlite && sqlite.getResultCode() == SQLiteErrorCode.SQLITE_NOTADB) {
                throw new DatabaseFileException(
                        file + " is not an SQLite database. Name another file with bellhop.database.url.");
            }
            // Whatever else is wrong may pass, and is told at the first use.
        }
    }
}
