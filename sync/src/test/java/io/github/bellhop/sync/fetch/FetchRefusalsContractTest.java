package io.github.bellhop.sync.fetch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.Appender;
import ch.qos.logback.core.read.ListAppender;
import io.github.bellhop.sync.handle.Handlers;
import io.github.bellhop.sync.mirror.MirrorSettings;
import io.github.bellhop.sync.read.ClerkUser;
import io.github.bellhop.sync.read.ClerkUsers;
import io.github.bellhop.sync.testing.Rows;
import io.github.bellhop.sync.testing.StubClerk;
import io.github.bellhop.sync.testing.StubClerk.Answer;
import io.github.bellhop.sync.testing.TestDatabase;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;

/** The limits on requests to Clerk, and the exceptions when it cannot be determined whether Clerk has a user. */
@Isolated("Reads the log, to which other tests write.")
@ParameterizedClass
@EnumSource(TestDatabase.class)
class FetchRefusalsContractTest extends FetchContract {
    @Test
    void remembersLimitedNumberOfMissingIds() {
        clerk.answers(path -> Answer.missing());
        open(MirrorSettings.DEFAULT, FetchSettings.DEFAULT.withMemory(Duration.ofMinutes(1), 2), Handlers.none());
        for (String id : List.of("user_1", "user_2", "user_3", "user_3", "user_2", "user_1")) {
            assertThat(users.getOrFetch(id)).isEmpty();
        }
        assertThat(clerk.paths())
                .containsExactly("/v1/users/user_1", "/v1/users/user_2", "/v1/users/user_3", "/v1/users/user_1");
    }

    @Test
    void limitsRequestRate() {
        open(MirrorSettings.DEFAULT, FetchSettings.DEFAULT.withRate(2, 3), Handlers.none());
        for (int i = 1; i <= 3; i++) {
            assertThat(users.getOrFetch("user_" + i)).isPresent();
        }
        FetchException limited = refusal("user_4");
        assertThat(limited.code()).isEqualTo("fetch-limited");
        assertThat(limited.retryAfter()).isEqualTo(Duration.ofMillis(500));
        assertThat(users.getOrFetch("user_1")).isPresent();
        assertThat(clerk.paths()).hasSize(3);
        bench.clock.advance(Duration.ofMillis(500));
        assertThat(users.getOrFetch("user_4")).isPresent();
        assertThat(refusal("user_5").code()).isEqualTo("fetch-limited");
        assertThat(fetches("limited")).isEqualTo(2);
    }

    @Test
    void honorsRetryAfterForAllRequests() {
        clerk.answers(path -> Answer.of(429, "{'errors':[]}").with("Retry-After", "7"));
        assertThat(refusal("user_1").retryAfter()).isEqualTo(Duration.ofSeconds(7));
        clerk.answers(path -> Answer.of(200, StubClerk.user("user_2", "Ann", FETCHED_AT)));
        bench.clock.advance(Duration.ofMillis(6_999));
        assertThat(refusal("user_2")).hasMessageContaining("Retry in 1 s");
        assertThat(clerk.paths()).hasSize(1);
        bench.clock.advance(Duration.ofMillis(1));
        assertThat(users.getOrFetch("user_2")).isPresent();
    }

    @Test
    void explainsRefusedKey() {
        clerk.answers(path -> Answer.of(401, "{'errors':[{'code':'clerk_key_invalid'}]}"));
        FetchException refused = refusal("user_1");
        assertThat(refused.code()).isEqualTo("fetch-refused");
        assertThat(refused).hasMessageContaining("CLERK_SECRET_KEY");
        assertThat(fetches("refused")).isEqualTo(1);
    }

    @Test
    void keepsKeyOutOfLogs() {
        Logger root = (Logger) LoggerFactory.getLogger(Logger.ROOT_LOGGER_NAME);
        Logger own = (Logger) LoggerFactory.getLogger("io.github.bellhop");
        Level before = root.getLevel();
        Level ownBefore = own.getLevel();
        ListAppender<ILoggingEvent> lines = new ListAppender<>();
        lines.start();
        List<Appender<ILoggingEvent>> others = new ArrayList<>();
        root.iteratorForAppenders().forEachRemaining(others::add);
        others.forEach(root::detachAppender);
        root.addAppender(lines);
        root.setLevel(Level.TRACE);
        own.setLevel(Level.TRACE);
        // Proves that log lines are captured.
        own.info("A line to capture");
        try {
            assertThat(users.getOrFetch("user_1")).isPresent();
            for (int status : List.of(401, 429, 500, 302)) {
                clerk.answers(path -> Answer.of(status, "{'errors':[]}"));
                assertThat(refusal("user_" + status).toString()).doesNotContain(StubClerk.KEY);
                bench.clock.advance(Duration.ofMinutes(1));
            }
        } finally {
            root.setLevel(before);
            own.setLevel(ownBefore);
            root.detachAppender(lines);
            others.forEach(root::addAppender);
        }
        assertThat(clerk.header("Authorization")).contains(StubClerk.KEY);
        assertThat(lines.list)
                .isNotEmpty()
                .noneMatch(line -> line.getFormattedMessage().contains(StubClerk.KEY));
    }

    @Test
    void namesMissingSetting() {
        ClerkUsers without = ClerkUsers.of(bench.database(), MirrorSettings.DEFAULT);
        FetchException refused = catchThrowableOfType(FetchException.class, () -> without.getOrFetch("user_1"));
        assertThat(refused.code()).isEqualTo("fetch-not-configured");
        assertThat(refused).hasMessageContaining("CLERK_SECRET_KEY");
        user("Bea", FETCHED_AT);
        assertThat(without.getOrFetch("user_1")).isPresent();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'object':'user','id':'user_2','first_name':'Ann','updated_at':1700000005000}",
                "{'object':'organization','id':'user_1','updated_at':1700000005000}",
                "{'object':'user','id':'user_1'",
                "[]",
                "<html>",
                ""
            })
    void rejectsOtherJson(String body) {
        clerk.answers(path -> Answer.of(200, body));
        assertThat(refusal("user_1").code()).isEqualTo("fetch-unavailable");
        assertThat(Rows.count(bench.database(), "clerk_users")).isZero();
        // The failure is not remembered.
        clerk.answers(path -> Answer.of(200, StubClerk.user("user_1", "Ann", FETCHED_AT)));
        assertThat(users.getOrFetch("user_1")).isPresent();
    }

    @Test
    void reportsUnavailableClerk() {
        clerk.answers(path -> Answer.of(503, ""));
        assertThat(refusal("user_1")).hasMessageContaining("status 503");
        clerk.close();
        assertThat(refusal("user_1").code()).isEqualTo("fetch-unavailable");
        assertThat(fetches("unavailable")).isEqualTo(2);
    }

    @Test
    void limitsConcurrentRequests() throws Exception {
        open(MirrorSettings.DEFAULT, new FetchSettings(10, 20, 1, Duration.ofMinutes(1), 10), Handlers.none());
        CountDownLatch asked = new CountDownLatch(1);
        CountDownLatch answered = new CountDownLatch(1);
        clerk.answers(path -> {
            asked.countDown();
            answered.await(20, TimeUnit.SECONDS);
            return Answer.of(200, StubClerk.user(path.substring("/v1/users/".length()), "Ann", FETCHED_AT));
        });
        ExecutorService threads = Executors.newSingleThreadExecutor();
        try {
            Future<Optional<ClerkUser>> first = threads.submit(() -> users.getOrFetch("user_1"));
            assertThat(asked.await(20, TimeUnit.SECONDS)).isTrue();
            assertThat(refusal("user_2").code()).isEqualTo("fetch-limited");
            answered.countDown();
            assertThat(first.get(20, TimeUnit.SECONDS)).isPresent();
            assertThat(users.getOrFetch("user_2")).isPresent();
        } finally {
            threads.shutdownNow();
        }
    }
}
