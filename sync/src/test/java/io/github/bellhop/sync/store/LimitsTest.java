package io.github.bellhop.sync.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.bellhop.sync.mirror.TouchedEntities;
import io.github.bellhop.sync.testing.Rows;
import io.github.bellhop.sync.testing.TestDatabase;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Tests that no transaction runs on the server for longer than its client waits. */
class LimitsTest {
    private static final Duration DRIVER = Duration.ofSeconds(10);
    private static final String ASLEEP =
            "select pid from pg_stat_activity where datname = current_database() and query like 'select pg_sleep%' and state = 'active'";

    private OpenDatabase open;

    @BeforeEach
    void open() {
        open = TestDatabase.POSTGRESQL.open();
    }

    @AfterEach
    void close() {
        open.close();
    }

    private static Duration limit(Connection connection, String setting) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row =
                        statement.executeQuery("select setting from pg_settings where name = '" + setting + "'")) {
            row.next();
            return Duration.ofMillis(row.getLong(1));
        }
    }

    private static boolean sleep(Connection connection, String seconds) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            return statement.execute("select pg_sleep(" + seconds + ")");
        }
    }

    @Test
    void serverTimeoutsAreShorterThanTheDrivers() {
        Database database = open.database();
        for (Limits limits : List.of(Limits.WORK, Limits.SHORT_LOCK_WAIT)) {
            database.inTransaction(limits, connection -> {
                assertThat(limit(connection, "lock_timeout")).isEqualTo(limits.lock());
                assertThat(limit(connection, "statement_timeout"))
                        .isEqualTo(limits.statement())
                        .isBetween(limits.lock(), DRIVER.minusSeconds(1));
                return limit(connection, "idle_in_transaction_session_timeout");
            });
        }
        Duration batch = database.inOpenTransaction(connection -> {
            database.dialect().open(connection, Limits.BATCH, List.of(), new TouchedEntities(Set.of(), Set.of()));
            return limit(connection, "statement_timeout");
        });
        assertThat(batch).isEqualTo(Limits.BATCH.statement()).isLessThan(DRIVER);
        assertThat(database.<Duration>read(connection -> limit(connection, "statement_timeout")))
                .as("after the transaction")
                .isZero();
    }

    @Test
    void endsSessionThatIdlesInTransaction() {
        Limits shortIdle = new Limits(Duration.ZERO, Duration.ZERO, Duration.ofMillis(50), null);
        assertThatExceptionOfType(StoreException.class)
                .isThrownBy(() -> open.database().inTransaction(shortIdle, connection -> {
                    long end = System.nanoTime() + Duration.ofSeconds(20).toNanos();
                    while (connection.isValid(1) && System.nanoTime() < end) {
                        // Each query restarts the idle time, so the queries are 200 ms apart.
                        long next = System.nanoTime() + Duration.ofMillis(200).toNanos();
                        while (System.nanoTime() < next) {
                            Thread.onSpinWait();
                        }
                    }
                    return sleep(connection, "0");
                }))
                .matches(fault -> fault.kind() == StoreException.Kind.UNAVAILABLE);
    }

    /** A handler may take an hour; the driver's timeout of ten seconds must not end it. */
    @Test
    void longWorkExtendsTheDriversTimeout() throws Exception {
        open.database().inOpenTransaction(connection -> {
            LongWork work = open.database().allow(connection, Duration.ofMinutes(30));
            assertThat(Duration.ofMillis(connection.getNetworkTimeout()))
                    .isGreaterThan(limit(connection, "statement_timeout"));
            assertThat(limit(connection, "statement_timeout")).isGreaterThan(Duration.ofMinutes(30));
            assertThat(limit(connection, "idle_in_transaction_session_timeout")).isGreaterThan(Duration.ofMinutes(30));
            work.close();
            assertThat(Duration.ofMillis(connection.getNetworkTimeout())).isEqualTo(DRIVER);
            return 0;
        });
    }

    @Test
    void cancelsReadingStatementOnTheServer() {
        DatabaseSettings settings = TestDatabase.POSTGRESQL.fresh();
        try (OpenDatabase command = Databases.openForCommand(settings, Duration.ofMillis(200))) {
            assertThatExceptionOfType(StoreException.class)
                    .isThrownBy(() -> command.database().read(connection -> sleep(connection, "600")))
                    .matches(StoreException::isTooSlow);
        }
        assertThat(Rows.query(open.database(), ASLEEP)).isEmpty();
        assertThatExceptionOfType(StoreException.class)
                .as("with the default timeout")
                .isThrownBy(() -> open.database().read(connection -> sleep(connection, "600")))
                .matches(StoreException::isTooSlow);
        assertThat(Rows.query(open.database(), ASLEEP)).isEmpty();
    }
}
