package io.github.bellhop.sync.testing;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.bellhop.sync.store.DatabaseSettings;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Tests that a test's database exists as long as the test runs, even while nothing is connected to it. */
class RunningTestsTest {
    @Test
    void keepsADatabaseUntilItsTestEnds() throws Exception {
        RunningTests inner = new RunningTests();
        DatabaseSettings outerDatabase = TestDatabase.POSTGRESQL.fresh();
        inner.beforeEach(null);
        DatabaseSettings innerDatabase = TestDatabase.POSTGRESQL.fresh();
        TestDatabase.POSTGRESQL.fresh();
        assertThat(exists(innerDatabase)).isTrue();

        inner.afterEach(null);
        // Another test may be removing the database at this moment.
        long deadline = System.nanoTime() + Duration.ofMinutes(2).toNanos();
        while (exists(innerDatabase) && System.nanoTime() < deadline) {
            TestDatabase.POSTGRESQL.fresh();
        }
        assertThat(exists(innerDatabase)).isFalse();
        assertThat(exists(outerDatabase)).isTrue();
    }

    private static boolean exists(DatabaseSettings settings) throws SQLException {
        try (Connection connection =
                DriverManager.getConnection(settings.url(), settings.user(), settings.password())) {
            return connection.isValid(0);
        } catch (SQLException fault) {
            if ("3D000".equals(fault.getSQLState())) {
                return false;
            }
            throw fault;
        }
    }
}
