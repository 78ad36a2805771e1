package io.github.bellhop.spring;

import com.zaxxer.hikari.HikariDataSource;
import io.github.bellhop.sync.store.Database;
import io.github.bellhop.sync.store.DatabaseSettings;
import io.github.bellhop.sync.store.Databases;
import io.github.bellhop.sync.store.OpenDatabase;
import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ObjectProvider;

/**
 * The database that is worked on: the one that was set, else the app's, else a file.
 *
 * <p>A PostgreSQL of the app is used through the app's own pool. An SQLite file of the app is opened a second time,
 * since the guarantees rest on settings of the connection.
 *
 * @param database what to work with
 * @param own      what to close in the end; null when it is the app's
 * @param ofApp    the app's way to the same database; null when it is another one
 */
record ChosenDatabase(
        Database database,
        @Nullable OpenDatabase own,
        @Nullable DataSource ofApp) implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(ChosenDatabase.class);

    private static final String DEFAULT_URL = "jdbc:sqlite:data/bellhop.db";
    private static final String SQLITE = "jdbc:sqlite:";
    private static final String POSTGRESQL = "jdbc:postgresql:";
    private static final int CONNECTIONS = 5;

    static ChosenDatabase of(BellhopProperties properties, ObjectProvider<DataSource> dataSources) {
        BellhopProperties.DatabaseChoice choice = properties.database();
        Integer threads = properties.handlers().threads();
        String url = EngineSettings.orNull(choice.url());
        if (url != null) {
            return opened(settings(url, choice), null, threads);
        }
        EngineSettings.require(
                EngineSettings.orNull(choice.schema()) == null,
                "bellhop.database.schema",
                "nothing, unless bellhop.database.url is set too; the app's own DataSource decides its schema");
        DataSource dataSource = dataSources.getIfUnique();
        if (dataSource != null) {
            return ofApp(dataSource, threads);
        }
        if (dataSources.stream().findAny().isPresent()) {
            throw new MisconfigurationException(
                    "The app has several DataSources, and none of them is the primary one.",
                    "Mark the one for Bellhop's tables with @Primary, set bellhop.database.url, or define a bean of "
                            + Database.class.getName() + ".");
        }
        return opened(new DatabaseSettings(DEFAULT_URL, null, null), null, threads);
    }

    private static DatabaseSettings settings(String url, BellhopProperties.DatabaseChoice choice) {
        String schema = EngineSettings.orNull(choice.schema());
        EngineSettings.require(
                schema == null || (DatabaseSettings.isSchemaName(schema) && !url.startsWith(SQLITE)),
                "bellhop.database.schema",
                "a plain name of a PostgreSQL schema: small letters, digits and underscores");
        return new DatabaseSettings(
                url, EngineSettings.orNull(choice.user()), EngineSettings.orNull(choice.password()), schema);
    }

    private static ChosenDatabase opened(
            DatabaseSettings settings, @Nullable DataSource ofApp, @Nullable Integer threads) {
        OpenDatabase open =
                Databases.open(settings, EngineSettings.threads(threads, Databases.dialectOf(settings.url())));
        return new ChosenDatabase(open.database(), open, ofApp);
    }

    private static ChosenDatabase ofApp(DataSource dataSource, @Nullable Integer threads) {
        HikariDataSource pool = pool(dataSource);
        String url = pool == null || pool.getJdbcUrl() == null ? askedUrl(dataSource) : pool.getJdbcUrl();
        if (url.startsWith(SQLITE)) {
            return opened(new DatabaseSettings(url, null, null), dataSource, threads);
        }
        int used = CONNECTIONS + (threads == null ? 0 : threads);
        if (pool != null && pool.getMaximumPoolSize() < used) {
            log.warn(
                    "The app's pool has {} connections at most; Bellhop uses up to {} of them at once. Set"
                            + " spring.datasource.hikari.maximum-pool-size higher, or bellhop.database.url",
                    pool.getMaximumPoolSize(),
                    used);
        }
        // A known address is not asked, so that a server that is not there yet can be waited for.
        Database database = url.startsWith(POSTGRESQL)
                ? Database.of(dataSource, Databases.dialectOf(url))
                : Databases.existing(dataSource);
        return new ChosenDatabase(database, null, dataSource);
    }

    private static @Nullable HikariDataSource pool(DataSource dataSource) {
        try {
            return dataSource.isWrapperFor(HikariDataSource.class) ? dataSource.unwrap(HikariDataSource.class) : null;
        } catch (SQLException noWrapper) {
            return null;
        }
    }

    private static String askedUrl(DataSource dataSource) {
        try (Connection connection = dataSource.getConnection()) {
            String url = connection.getMetaData().getURL();
            return url == null ? "" : url;
        } catch (SQLException fault) {
            throw new MisconfigurationException(
                    "The app's DataSource gives no connection (SQLState " + fault.getSQLState()
                            + "), so it cannot be told what database it is of.",
                    "See to it that the database runs and is reachable, or set bellhop.database.url.");
        }
    }

    /** Closes what is Bellhop's own. */
    @Override
    public void close() {
        if (own != null) {
            own.close();
        }
    }
}
