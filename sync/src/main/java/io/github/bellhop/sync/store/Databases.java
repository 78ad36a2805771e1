package io.github.bellhop.sync.store;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Properties;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.postgresql.ds.PGSimpleDataSource;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteDataSource;

/** Opens databases by their JDBC URL, with the settings that the guarantees rest on. */
public final class Databases {
    /** How long a transaction waits for another process's write lock on an SQLite file. */
    static final Duration SQLITE_BUSY = Duration.ofSeconds(5);

    private static final int CONNECT_SECONDS = 3;

    private Databases() {}

    /**
     * A database behind a small pool of connections. Nothing is connected yet; an SQLite file and its folder are
     * made if they are missing, readable by their owner only.
     *
     * @throws UnsupportedDatabaseException when the URL is of no supported database
     * @throws DatabaseFileException when an SQLite file cannot be made
     * @throws IllegalArgumentException when a schema is named for SQLite, which has none
     */
    public static OpenDatabase open(DatabaseSettings settings) {
        return open(settings, dialectOf(settings.url()).runsAtOnce());
    }

    /** The same with room for another number of runs of handlers at once; on SQLite there is never more than one. */
    public static OpenDatabase open(DatabaseSettings settings, int runsAtOnce) {
        Dialect dialect = dialectOf(settings.url());
        if (settings.schema() != null && dialect instanceof SqliteDialect) {
            throw new IllegalArgumentException("SQLite has no schemas");
        }
        HikariConfig pool = new HikariConfig();
        pool.setPoolName("bellhop");
        pool.setInitializationFailTimeout(-1);
        if (dialect instanceof SqliteDialect) {
            SQLiteConfig wal = new SQLiteConfig();
            wal.setJournalMode(SQLiteConfig.JournalMode.WAL);
            pool.setDataSource(sqlite(settings.url(), wal));
            pool.setMaximumPoolSize(3);
            // Nothing is opened before it is used: the first connection switches the file to WAL, which would be in the
            // way of an app that makes its own tables at its start.
            pool.setMinimumIdle(0);
            pool.setConnectionTimeout(SQLITE_BUSY.toMillis());
        } else {
            postgresql(pool, settings);
            // What handlers need comes on top while they run.
            pool.setMaximumPoolSize(5 + runsAtOnce);
            pool.setMinimumIdle(5);
            pool.setConnectionTimeout(3_000);
            pool.setValidationTimeout(2_000);
        }
        HikariDataSource dataSource = new HikariDataSource(pool);
        return new OpenDatabase(Database.of(dataSource, dialect).inSchema(settings.schema()), dataSource);
    }

    /**
     * A database without a pool: every use connects anew. For commands that ask a few questions and end. An SQLite file
     * stays in the journal mode that it has, so that whoever only reads changes nothing.
     *
     * @throws UnsupportedDatabaseException when the URL is of no supported database
     * @throws DatabaseFileException when an SQLite file cannot be made
     */
    public static Database unpooled(DatabaseSettings settings) {
        Dialect dialect = dialectOf(settings.url());
        if (dialect instanceof SqliteDialect) {
            return Database.of(sqlite(settings.url(), new SQLiteConfig()), dialect);
        }
        PGSimpleDataSource dataSource = new PGSimpleDataSource();
        dataSource.setUrl(settings.url());
        if (settings.user() != null) {
            dataSource.setUser(settings.user());
        }
        if (settings.password() != null) {
            dataSource.setPassword(settings.password());
        }
        dataSource.setConnectTimeout(CONNECT_SECONDS);
        dataSource.setApplicationName("bellhop");
        if (settings.schema() != null) {
            dataSource.setCurrentSchema(settings.schema());
        }
        return Database.of(dataSource, dialect).inSchema(settings.schema());
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

    private static void postgresql(HikariConfig pool, DatabaseSettings settings) {
        pool.setJdbcUrl(settings.url());
        if (settings.user() != null) {
            pool.setUsername(settings.user());
        }
        if (settings.password() != null) {
            pool.setPassword(settings.password());
        }
        if (settings.schema() != null) {
            pool.setSchema(settings.schema());
        }
        // A server that vanished without a word must not hold the writer longer than a delivery may take.
        Properties driver = new Properties();
        driver.setProperty("connectTimeout", Integer.toString(CONNECT_SECONDS));
        driver.setProperty("socketTimeout", "10");
        driver.setProperty("tcpKeepAlive", "true");
        driver.setProperty("ApplicationName", "bellhop");
        pool.setDataSourceProperties(driver);
    }
}
