package io.github.bellhop.simulator.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.bellhop.simulator.testing.ManualClock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class DispatcherTest {
    private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");
    private static final Duration SOON = Duration.ofSeconds(10);

    private final ManualClock clock = new ManualClock(NOON);
    private final Dispatcher dispatcher = new Dispatcher(clock, 2);
    private final List<String> started = Collections.synchronizedList(new ArrayList<>());
    private final List<CompletableFuture<Void>> open = new ArrayList<>();

    @Test
    void startsDueJobsInOrderOfTime() {
        at(2, "a", "third");
        at(1, "a", "second");
        at(0, "b", "first");
        at(3, "a", "not yet");
        clock.advance(Duration.ofSeconds(2));
        dispatcher.runDue();
        assertThat(started).containsExactlyInAnyOrder("first", "second", "third");
        assertThat(started.indexOf("second")).isLessThan(started.indexOf("third"));
        assertThat(dispatcher.nextDue()).isEqualTo(NOON.plusSeconds(3));
    }

    @Test
    void startsNoJobOnItsOwn() {
        at(0, "a", "due");
        assertThat(started).isEmpty();
    }

    @Test
    void limitsOneLaneWithoutDelayingOthers() {
        for (int i = 0; i < 4; i++) {
            openAt(0, "a", "a" + i);
        }
        openAt(0, "b", "b0");
        dispatcher.runDue();
        assertThat(started).containsExactlyInAnyOrder("a0", "a1", "b0");
        open.get(0).complete(null);
        assertThat(started).hasSize(4).last().isEqualTo("a2");
        open.get(1).completeExceptionally(new IllegalStateException("broken"));
        assertThat(started).hasSize(5).last().isEqualTo("a3");
    }

    @Test
    void continuesAfterAJobThatFailsToStart() {
        dispatcher.schedule(NOON, "a", () -> {
            throw new IllegalStateException("broken");
        });
        dispatcher.schedule(NOON, "a", () -> {
            throw new NoClassDefFoundError("broken too");
        });
        at(0, "a", "whole");
        dispatcher.runDue();
        assertThat(started).containsExactly("whole");
    }

    @Test
    void cancelsJobsThatHaveNotStarted() {
        Scheduled waiting = at(1, "a", "waiting");
        Scheduled full = at(0, "a", "full");
        openAt(-1, "a", "x");
        openAt(-1, "a", "y");
        dispatcher.runDue();
        assertThat(waiting.cancel()).isTrue();
        assertThat(waiting.cancel()).isFalse();
        assertThat(full.cancel()).isTrue();
        clock.advance(SOON);
        open.forEach(job -> job.complete(null));
        dispatcher.runDue();
        assertThat(started).containsExactly("x", "y");
        assertThat(dispatcher.nextDue()).isNull();
    }

    @Test
    void movesAJobBehindOthersDueAtTheSameTime() {
        Scheduled late = at(60, "a", "moved");
        at(1, "a", "there");
        late.moveTo(NOON.plusSeconds(1));
        clock.advance(Duration.ofSeconds(1));
        dispatcher.runDue();
        assertThat(started).containsExactly("there", "moved");
        late.moveTo(NOON);
        dispatcher.runDue();
        assertThat(started).hasSize(2);
    }

    @Test
    void startsManyInstantJobsWithoutDeepRecursion() {
        for (int i = 0; i < 100_000; i++) {
            at(0, "a", "job");
        }
        dispatcher.runDue();
        assertThat(started).hasSize(100_000);
    }

    @Test
    void waitsUntilNothingIsInFlight() throws Exception {
        openAt(0, "a", "slow");
        dispatcher.runDue();
        assertThat(dispatcher.awaitIdle(NOON, Duration.ZERO)).isFalse();
        CountDownLatch waiting = new CountDownLatch(1);
        Thread other = new Thread(() -> {
            waiting.countDown();
            open.get(0).complete(null);
        });
        other.start();
        waiting.await();
        assertThat(dispatcher.awaitIdle(NOON, SOON)).isTrue();
    }

    @Test
    void waitsOnlyForJobsDueByTheGivenTime() throws Exception {
        at(5, "a", "later");
        assertThat(dispatcher.awaitIdle(NOON.plusSeconds(4), SOON)).isTrue();
        assertThat(dispatcher.awaitIdle(NOON.plusSeconds(5), Duration.ZERO)).isFalse();
        clock.advance(Duration.ofSeconds(5));
        assertThat(dispatcher.awaitIdle(NOON.plusSeconds(5), SOON)).isTrue();
        assertThat(started).containsExactly("later");
    }

    @Test
    void runsJobsOnItsThread() throws Exception {
        CountDownLatch done = new CountDownLatch(2);
        dispatcher.start();
        dispatcher.start();
        dispatcher.schedule(NOON, "a", () -> counted(done));
        dispatcher.schedule(NOON.plusSeconds(1), "a", () -> counted(done));
        clock.advance(Duration.ofSeconds(1));
        assertThat(done.await(10, TimeUnit.SECONDS)).isTrue();
        dispatcher.close();
        dispatcher.close();
    }

    private static CompletableFuture<Void> counted(CountDownLatch latch) {
        latch.countDown();
        return CompletableFuture.completedFuture(null);
    }

    private Scheduled at(int seconds, String lane, String name) {
        return dispatcher.schedule(NOON.plusSeconds(seconds), lane, () -> {
            started.add(name);
            return CompletableFuture.completedFuture(null);
        });
    }

    private void openAt(int seconds, String lane, String name) {
        CompletableFuture<Void> end = new CompletableFuture<>();
        open.add(end);
        dispatcher.schedule(NOON.plusSeconds(seconds), lane, () -> {
            started.add(name);
            return end;
        });
    }
}
