package io.github.bellhop.sync;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.bellhop.sync.retry.DeadLetters;
import io.github.bellhop.sync.testing.Json;
import io.github.bellhop.sync.testing.Rows;
import io.github.bellhop.sync.testing.SyncBench;
import io.github.bellhop.sync.testing.TestDatabase;
import java.sql.Connection;
import java.sql.Statement;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** What happens to a message when one of its dead runs is discarded, on every database. */
@ParameterizedClass
@EnumSource(TestDatabase.class)
class DeadLettersContractTest {
    @Parameter
    TestDatabase kind;

    private SyncBench bench;
    private String message;

    @BeforeEach
    void open() {
        bench = new SyncBench(kind);
        message = bench.receive(
                Json.of("{'type':'user.created','timestamp':1700000000000,'data':{'id':'user_1','updated_at':1}}"));
    }

    @AfterEach
    void close() {
        bench.close();
    }

    private void run(String handler, boolean dead, boolean clearPayload) {
        Rows.execute(bench.database(), """
                insert into bellhop_handler_runs (message_id, handler, entity_id, received_at, head, next_attempt_at,
                    attempts, reason, died_at, stale, stale_too, replay, clear_payload)
                values ('%s', '%s', 'user_1', 1, %s, %s, 12, 'timed-out', %s, false, false, false, %s)""".formatted(
                        message, handler, !dead, dead ? "null" : "1", dead ? "1" : "null", clearPayload));
    }

    private boolean discard(String handler) {
        return new DeadLetters(bench.database(), bench.clock).discard(message, handler, "obsolete");
    }

    private boolean hasPayload() {
        return Rows.one(bench.database(), "select payload from bellhop_inbox where message_id = ?", message)
                        .get("payload")
                != null;
    }

    @Test
    void clearsPayloadWhenLastRunIsDiscarded() {
        run("mailer", true, true);
        run("biller", true, true);
        assertThat(discard("mailer")).isTrue();
        assertThat(hasPayload()).isTrue();

        assertThat(discard("biller")).isTrue();
        assertThat(hasPayload()).isFalse();
        assertThat(bench.stateOf(message)).isEqualTo("mirrored");
        assertThat(Rows.count(bench.database(), "bellhop_discards where discard_reason = 'obsolete'"))
                .isEqualTo(2);
    }

    @Test
    void keepsPayloadThatAnotherRunNeeds() {
        run("mailer", true, true);
        run("biller", false, true);
        assertThat(discard("mailer")).isTrue();
        assertThat(hasPayload()).isTrue();
    }

    @Test
    void keepsPayloadNotMarkedForClearing() {
        run("mailer", true, false);
        assertThat(discard("mailer")).isTrue();
        assertThat(hasPayload()).isTrue();
    }

    /** A run that is replayed during the discard is read again and is no longer a dead letter. */
    @Test
    void doesNotDiscardRunReplayedInTheMeantime() throws Exception {
        assumeTrue(kind == TestDatabase.POSTGRESQL, "SQLite has one writer at a time");
        run("mailer", true, false);
        try (Connection other = bench.database().dataSource().getConnection();
                Statement statement = other.createStatement()) {
            other.setAutoCommit(false);
            statement.execute("update bellhop_handler_runs set died_at = null, head = true, next_attempt_at = 1");
            CompletableFuture<Boolean> discarded = CompletableFuture.supplyAsync(() -> discard("mailer"));
            while (Rows.count(bench.database(), "pg_locks where not granted") == 0) {
                assertThat(discarded).isNotDone();
                Thread.onSpinWait();
            }
            other.commit();
            other.setAutoCommit(true);
            assertThat(discarded.get(30, TimeUnit.SECONDS)).isFalse();
        }
        assertThat(Rows.count(bench.database(), "bellhop_discards")).isZero();
        assertThat(Rows.count(bench.database(), "bellhop_handler_runs")).isEqualTo(1);
    }

    @Test
    void discardsOnlyDeadRuns() {
        run("mailer", false, true);
        assertThat(discard("mailer")).isFalse();
        assertThat(hasPayload()).isTrue();
        assertThat(Rows.count(bench.database(), "bellhop_discards")).isZero();
    }
}
