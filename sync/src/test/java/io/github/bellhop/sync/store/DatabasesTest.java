package io.github.bellhop.sync.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.bellhop.sync.testing.Rows;
import io.github.bellhop.sync.testing.TestDatabase;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class DatabasesTest {
    @Test
    void readingDoesNotChangeSqliteFile() throws Exception {
        DatabaseSettings settings = TestDatabase.SQLITE.fresh();
        Path file = Databases.sqliteFile(settings.url());
        try (Connection connection = DriverManager.getConnection(settings.url());
                Statement statement = connection.createStatement()) {
            statement.execute("create table of_the_app (id int)");
        }
        byte[] before = Files.readAllBytes(file);
        assertThat(Rows.query(Databases.unpooled(settings), "select * from of_the_app"))
                .isEmpty();
        assertThat(Files.readAllBytes(file)).isEqualTo(before);
    }

    /** An eager pool would open its connections within 100 ms. */
    @Test
    void opensNoConnectionBeforeFirstUse() {
        try (OpenDatabase open = Databases.open(TestDatabase.SQLITE.fresh())) {
            long end = System.nanoTime() + Duration.ofMillis(500).toNanos();
            int maxConnections = 0;
            while (System.nanoTime() < end) {
                maxConnections = Math.max(
                        maxConnections, open.pool().getHikariPoolMXBean().getTotalConnections());
                Thread.onSpinWait();
            }
            assertThat(maxConnections).isZero();
            assertThat(open.database()
                            .<Integer>read(connection ->
                                    open.pool().getHikariPoolMXBean().getTotalConnections()))
                    .isEqualTo(1);
        }
    }
}
