package io.github.bellhop.spring;

import static io.github.bellhop.InvalidSettingException.require;

import com.zaxxer.hikari.HikariDataSource;
import io.github.bellhop.sync.store.Database;
import io.github.bellhop.sync.store.DatabaseSettings;
import io.github.bellhop.sync.store.Databases;
import io.github.bellhop.sync.store.OpenDatabase;
import io.github.bellhop.sync.store.UnsupportedDatabaseException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.core.env.Environment;

/**
 * Selects Bellhop's database: the configured one, otherwise the app's, otherwise a file.
 *
 * <p>The app's PostgreSQL database is used through the app's own pool. The app's SQLite file is opened a second time,
 * because Bellhop's guarantees depend on settings of the connection.
 *
 * @param database the database to use
 * @param own      the database to close at the end; null if it is the app's own
 * @param ofApp    the app's DataSource for the same database; null if it is a separate one
 */
record ChosenDatabase(
        Database database,
        @Nullable OpenDatabase own,
        @Nullable DataSource ofApp) implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(ChosenDatabase.class);

    private static final String DEFAULT_URL = "jdbc:sqlite:data/bellhop.db";
    private static final String SQLITE = "jdbc:sqlite:";
    private static final String POSTGRESQL = "jdbc:postgresql:";

    /** The test kit's fallback database, used if the app's own database is not supported. */
    private static final String FOR_TESTS = "bellhop.test.database-url";

    static ChosenDatabase of(
            BellhopProperties properties, Environment environment, ObjectProvider<DataSource> dataSources) {
        BellhopProperties.DatabaseChoice choice = properties.database();
        Integer threads = properties.handlers().threads();
        String url = EngineSettings.orNull(choice.url());
        if (url != null) {
            DatabaseSettings own = new DatabaseSettings(
                    url,
                    EngineSettings.orNull(choice.user()),
                    EngineSettings.orNull(choice.password()),
                    EngineSettings.orNull(choice.schema()));
            return opened(own, null, threads);
        }
        require(
                EngineSettings.orNull(choice.schema()) == null,
                "bellhop.database.schema",
                "empty unless bellhop.database.url is set, because the app's own DataSource determines the schema");
        DataSource dataSource = dataSources.getIfUnique();
        String forTests = environment.getProperty(FOR_TESTS);
        if (dataSource != null) {
            return ofAppOr(forTests, dataSource, threads);
        }
        if (dataSources.stream().findAny().isPresent()) {
            throw new MisconfigurationException(
                    "The app has several DataSources, and none of them is primary.",
                    "Mark the one for Bellhop's tables with @Primary, set bellhop.database.url, or define a bean of"
                            + " type " + Database.class.getName() + ".");
        }
        if (forTests == null) {
            requireNoneNamed(environment);
        }
        return opened(new DatabaseSettings(forTests == null ? DEFAULT_URL : forTests, null, null), null, threads);
    }

    /** Rejects the default file if the app configures a database, because Bellhop's tables are expected there. */
    private static void requireNoneNamed(Environment environment) {
        for (String named : List.of("spring.datasource.url", "spring.r2dbc.url")) {
            if (EngineSettings.orNull(environment.getProperty(named)) != null) {
                throw new MisconfigurationException(
                        named + " is set, but the app has no javax.sql.DataSource that Bellhop can use.",
                        "Add spring-boot-starter-jdbc, or set bellhop.database.url (and .user and .password) to the"
                                + " database for Bellhop's tables.");
            }
        }
    }

    private static ChosenDatabase ofAppOr(@Nullable String forTests, DataSource dataSource, @Nullable Integer threads) {
        try {
            return ofApp(dataSource, threads);
        } catch (UnsupportedDatabaseException unsupported) {
            if (forTests == null) {
                throw unsupported;
            }
            log.warn(
                    "{} Bellhop's tables are in a temporary SQLite file for this test, and handlers do not run in the"
                            + " app's transactions",
                    unsupported.getMessage());
            return opened(new DatabaseSettings(forTests, null, null), null, threads);
        }
    }

    private static ChosenDatabase opened(
            DatabaseSettings settings, @Nullable DataSource ofApp, @Nullable Integer threads) {
        OpenDatabase open =
                Databases.open(settings, EngineSettings.threads(threads, Databases.dialectOf(settings.url())));
        return new ChosenDatabase(open.database(), open, ofApp);
    }

    private static ChosenDatabase ofApp(DataSource dataSource, @Nullable Integer threads) {
        HikariDataSource pool = pool(dataSource);
        String url = pool == null || pool.getJdbcUrl() == null ? urlFromConnection(dataSource) : pool.getJdbcUrl();
        if (url.startsWith(SQLITE)) {
            return opened(new DatabaseSettings(url, null, null), dataSource, threads);
        }
        // Do not connect if the URL is known, so that the engine can wait for a server that is not up yet.
        Database database = url.startsWith(POSTGRESQL)
                ? Database.of(dataSource, Databases.dialectOf(url))
                : Databases.existing(dataSource);
        return new ChosenDatabase(database, null, dataSource);
    }

    /** The HikariCP pool that the DataSource unwraps to; null if there is none. */
    static @Nullable HikariDataSource pool(DataSource dataSource) {
        try {
            return dataSource.isWrapperFor(HikariDataSource.class) ? dataSource.unwrap(HikariDataSource.class) : null;
        } catch (SQLException | RuntimeException e) {
            return null;
        }
    }

    private static String urlFromConnection(DataSource dataSource) {
        try (Connection connection = dataSource.getConnection()) {
            String url = connection.getMetaData().getURL();
            return url == null ? "" : url;
        } catch (SQLException fault) {
            throw new MisconfigurationException(
                    "The app's DataSource cannot open a connection (SQLState " + fault.getSQLState()
                            + "), so Bellhop cannot tell which kind of database it is.",
                    "Make sure that the database is running and reachable, or set bellhop.database.url.");
        }
    }

    /** Closes the database unless it is the app's. */
    @Override
    public void close() {
        if (own != null) {
            own.close();
        }
    }
}
