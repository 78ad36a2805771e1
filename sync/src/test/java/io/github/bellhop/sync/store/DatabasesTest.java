package io.github.bellhop.sync.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.bellhop.sync.testing.TestDatabase;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class DatabasesTest {
    /** The pool would have filled itself within a tenth of a second. */
    @Test
    void touchNoFileBeforeItIsUsed() {
        try (OpenDatabase open = Databases.open(TestDatabase.SQLITE.fresh())) {
            long end = System.nanoTime() + Duration.ofMillis(500).toNanos();
            int most = 0;
            while (System.nanoTime() < end) {
                most = Math.max(most, open.pool().getHikariPoolMXBean().getTotalConnections());
                Thread.onSpinWait();
            }
            assertThat(most).isZero();
            assertThat(open.database()
                            .<Integer>read(connection ->
                                    open.pool().getHikariPoolMXBean().getTotalConnections()))
                    .isEqualTo(1);
        }
    }
}
