package io.github.bellhop.sync.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.bellhop.sync.testing.Rows;
import io.github.bellhop.sync.testing.TestDatabase;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Tests aborting a connection while another thread waits for a statement. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class AbortTest {
    private static final String ASLEEP =
            "select pid from pg_stat_activity where datname = current_database() and query = 'select pg_sleep(600)' and state = 'active'";

    private static void await(String what, BooleanSupplier condition) {
        long end = System.nanoTime() + Duration.ofSeconds(20).toNanos();
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).as(what).isLessThan(end);
            Thread.onSpinWait();
        }
    }

    /**
     * Without a cancel request, the server notices a lost connection only when it sends data, and holds the locks until
     * then.
     */
    @Test
    void endsStatementOnTheServer() throws Exception {
        ExecutorService waiting = Executors.newSingleThreadExecutor();
        try (OpenDatabase open = TestDatabase.POSTGRESQL.open()) {
            Database database = open.database();
            for (int round = 0; round < 20; round++) {
                Connection connection = open.pool().getConnection();
                Future<Boolean> asleep = waiting.submit(() -> {
                    try (Statement statement = connection.createStatement()) {
                        return statement.execute("select pg_sleep(600)");
                    }
                });
                await(
                        "the statement is running",
                        () -> !Rows.query(database, ASLEEP).isEmpty());
                database.abort(connection, asleep::isDone);
                assertThatThrownBy(() -> asleep.get(20, TimeUnit.SECONDS)).hasCauseInstanceOf(Exception.class);
                await(
                        "the server has ended the statement",
                        () -> Rows.query(database, ASLEEP).isEmpty());
            }
        } finally {
            waiting.shutdownNow();
        }
    }
}
