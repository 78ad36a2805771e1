package io.github.bellhop.sync.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.bellhop.SameOnEveryJdk;
import io.github.bellhop.sync.testing.Rows;
import io.github.bellhop.sync.testing.TestDatabase;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Tests that an interrupted wait for another program's migration is not reported as success. */
@SameOnEveryJdk
class InterruptedMigrationTest {
    @ParameterizedTest
    @EnumSource(SchemaLock.class)
    void failsIfWaitIsInterrupted(SchemaLock held) {
        try (OpenDatabase open = TestDatabase.POSTGRESQL.open()) {
            Database database = open.database();
            Rows.execute(database, "drop index bellhop_inbox_dead_letters");
            assertThat(database.withLock(held, true, connection -> {
                        Thread.currentThread().interrupt();
                        try {
                            assertThatExceptionOfType(SchemaException.class)
                                    .isThrownBy(() -> Schema.migrate(database))
                                    .withMessageContaining("interrupted");
                        } finally {
                            assertThat(Thread.interrupted()).isTrue();
                        }
                        return true;
                    }))
                    .isPresent();
            Schema.migrate(database);
            assertThat(Schema.pending(database)).isEmpty();
        }
    }
}
