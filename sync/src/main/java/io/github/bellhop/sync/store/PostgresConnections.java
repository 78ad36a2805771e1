package io.github.bellhop.sync.store;

import java.io.PrintWriter;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.sql.Statement;
import java.util.Properties;
import java.util.logging.Logger;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.postgresql.Driver;
import org.postgresql.PGConnection;
import org.slf4j.LoggerFactory;

/**
 * Opens connections to a PostgreSQL server, directly or through a pooler that may run each transaction in another
 * session. Behind a pooler, no prepared statement outlives its execution and no setting outlives its transaction.
 * Thread-safe.
 */
final class PostgresConnections implements DataSource {
    private static final org.slf4j.Logger log = LoggerFactory.getLogger(PostgresConnections.class);
    private static final int CONNECT_SECONDS = 3;

    private final Driver driver = new Driver();
    private final String url;
    private final Properties properties;
    private final @Nullable String schema;
    private volatile boolean pooled;

    private PostgresConnections(String url, Properties properties, @Nullable String schema) {
        this.url = url;
        this.properties = properties;
        this.schema = schema;
    }

    /**
     * Creates a source of connections. Timeouts in the URL take precedence over the timeouts that are set here.
     *
     * @param socketSeconds the driver's timeout for a response; zero for no limit
     */
    static PostgresConnections to(DatabaseSettings settings, int socketSeconds) {
        Properties properties = new Properties();
        if (settings.user() != null) {
            properties.setProperty("user", settings.user());
        }
        if (settings.password() != null) {
            properties.setProperty("password", settings.password());
        }
        properties.setProperty("connectTimeout", Integer.toString(CONNECT_SECONDS));
        properties.setProperty("socketTimeout", Integer.toString(socketSeconds));
        properties.setProperty("tcpKeepAlive", "true");
        properties.setProperty("ApplicationName", "bellhop");
        return new PostgresConnections(settings.url(), properties, settings.schema());
    }

    @Override
    public Connection getConnection() throws SQLException {
        return open(properties);
    }

    @Override
    public Connection getConnection(String user, String password) throws SQLException {
        Properties credentials = new Properties();
        credentials.putAll(properties);
        credentials.setProperty("user", user);
        credentials.setProperty("password", password);
        return open(credentials);
    }

    private Connection open(Properties settings) throws SQLException {
        Connection connection = driver.connect(url, settings);
        if (connection == null) {
            throw new SQLException("The driver does not accept this URL.", "08001");
        }
        return prepare(connection);
    }

    private Connection prepare(Connection connection) throws SQLException {
        try {
            PGConnection server = connection.unwrap(PGConnection.class);
            int threshold = server.getPrepareThreshold();
            server.setPrepareThreshold(0);
            if (isPooled(connection, server)) {
                recordPooler();
                if (url.contains("prepareThreshold=")) {
                    server.setPrepareThreshold(threshold);
                }
            } else {
                server.setPrepareThreshold(threshold);
                if (schema != null) {
                    connection.setSchema(schema);
                }
            }
            return connection;
        } catch (SQLException fault) {
            connection.close();
            throw fault;
        }
    }

    /**
     * At the start of a connection, a pooler reports a made-up process id, because the server process behind the
     * connection changes.
     */
    private static boolean isPooled(Connection connection, PGConnection server) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("select pg_backend_pid()")) {
            row.next();
            return row.getInt(1) != server.getBackendPID();
        }
    }

    private void recordPooler() {
        if (!pooled) {
            pooled = true;
            log.info("The database is behind a pooler: statements are not prepared at the server, and settings apply to"
                    + " one transaction");
        }
    }

    /** Returns whether a pooler was detected. False until the first connection is opened. */
    boolean isPooled() {
        return pooled;
    }

    /** Returns whether each transaction must set its schema. */
    boolean needsSchemaPerTransaction() {
        return pooled && schema != null;
    }

    @Override
    public @Nullable PrintWriter getLogWriter() {
        return null;
    }

    /** Does nothing: events are logged with SLF4J. */
    @Override
    public void setLogWriter(PrintWriter out) {}

    /** Does nothing: the connect timeout is already set. */
    @Override
    public void setLoginTimeout(int seconds) {}

    @Override
    public int getLoginTimeout() {
        return CONNECT_SECONDS;
    }

    @Override
    public Logger getParentLogger() throws SQLFeatureNotSupportedException {
        throw new SQLFeatureNotSupportedException();
    }

    @Override
    public <T> T unwrap(Class<T> type) throws SQLException {
        if (type.isInstance(this)) {
            return type.cast(this);
        }
        throw new SQLException("This is not a " + type.getName());
    }

    @Override
    public boolean isWrapperFor(Class<?> type) {
        return type.isInstance(this);
    }
}
