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
 * Opens connections to a PostgreSQL server, also through a pooler that gives each transaction to another session: then no
 * statement is prepared at the server for longer than it runs, and no setting outlives its transaction. Thread-safe.
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
     * Connections with these settings. What the URL says itself counts for more than the timeouts here.
     *
     * @param socketSeconds how long the driver waits for an answer; zero for ever
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
        return opened(properties);
    }

    @Override
    public Connection getConnection(String user, String password) throws SQLException {
        Properties others = new Properties();
        others.putAll(properties);
        others.setProperty("user", user);
        others.setProperty("password", password);
        return opened(others);
    }

    private Connection opened(Properties settings) throws SQLException {
        Connection connection = driver.connect(url, settings);
        if (connection == null) {
            throw new SQLException("The driver does not know this URL.", "08001");
        }
        return prepared(connection);
    }

    private Connection prepared(Connection connection) throws SQLException {
        try {
            PGConnection server = connection.unwrap(PGConnection.class);
            int threshold = server.getPrepareThreshold();
            server.setPrepareThreshold(0);
            if (isPooled(connection, server)) {
                notePooler();
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

    /** A pooler tells a process number of its own at the start, since the process behind it changes. */
    private static boolean isPooled(Connection connection, PGConnection server) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("select pg_backend_pid()")) {
            row.next();
            return row.getInt(1) != server.getBackendPID();
        }
    }

    private void notePooler() {
        if (!pooled) {
            pooled = true;
            log.info("The database is behind a pooler: statements are not prepared at the server, and settings last for"
                    + " one transaction");
        }
    }

    /** Whether a pooler was found; known as soon as there was a connection. */
    boolean isPooled() {
        return pooled;
    }

    /** Whether each transaction must say where its tables are. */
    boolean needsSchemaPerTransaction() {
        return pooled && schema != null;
    }

    @Override
    public @Nullable PrintWriter getLogWriter() {
        return null;
    }

    /** Does nothing: what is to be told is logged. */
    @Override
    public void setLogWriter(PrintWriter out) {}

    /** Does nothing: the time to connect is bounded already. */
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
        throw new SQLException("no " + type.getName());
    }

    @Override
    public boolean isWrapperFor(Class<?> type) {
        return type.isInstance(this);
    }
}
