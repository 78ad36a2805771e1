package io.github.bellhop.sync;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.bellhop.sync.EngineThread.Faults;
import io.github.bellhop.sync.EngineThread.Shutdown;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class EngineThreadTest {
    private static final Duration LONG = Duration.ofHours(1);

    private final AtomicInteger steps = new AtomicInteger();
    private final Semaphore stepped = new Semaphore(0);
    private final List<Throwable> faults = new CopyOnWriteArrayList<>();

    private EngineThread thread(Shutdown shutdown, Duration afterFault, EngineThread.Step step) {
        EngineThread thread = new EngineThread("test", shutdown, new Faults(faults::add, afterFault), self -> {
            steps.incrementAndGet();
            stepped.release();
            return step.run(self);
        });
        thread.start();
        return thread;
    }

    private void awaitStep() throws InterruptedException {
        assertThat(stepped.tryAcquire(20, TimeUnit.SECONDS)).isTrue();
    }

    @ParameterizedTest
    @EnumSource(names = {"AFTER_ONE_MORE_STEP", "AFTER_ONE_MORE_SHORT_STEP"})
    void stepsOnceWhenClosedInFirstPause(Shutdown shutdown) {
        thread(shutdown, LONG, self -> Optional.of(LONG)).close();
        assertThat(steps).hasValue(1);
    }

    @Test
    void startsWithStepAndEndsInPause() throws InterruptedException {
        EngineThread thread = thread(Shutdown.AFTER_CURRENT_STEP, LONG, self -> Optional.of(LONG));
        awaitStep();
        thread.close();
        assertThat(steps).hasValue(1);
    }

    @Test
    void stepsWhenWoken() throws InterruptedException {
        try (EngineThread thread = thread(Shutdown.AFTER_ONE_MORE_STEP, LONG, self -> Optional.of(LONG))) {
            thread.wake();
            awaitStep();
            thread.wake();
            awaitStep();
        }
        assertThat(steps).hasValue(3);
    }

    @Test
    void endsAfterStepWithoutPause() throws InterruptedException {
        EngineThread thread = thread(Shutdown.AFTER_CURRENT_STEP, LONG, self -> Optional.empty());
        awaitStep();
        thread.wake();
        thread.close();
        assertThat(steps).hasValue(1);
    }

    @Test
    void continuesAfterFault() throws InterruptedException {
        EngineThread thread = thread(Shutdown.AFTER_CURRENT_STEP, Duration.ZERO, self -> {
            if (steps.get() == 1) {
                throw new StackOverflowError("on purpose");
            }
            return Optional.of(LONG);
        });
        awaitStep();
        awaitStep();
        thread.close();
        assertThat(faults).singleElement().isInstanceOf(StackOverflowError.class);
    }

    @Test
    void endsPauseOfStepWhenClosed() throws InterruptedException {
        Semaphore pausing = new Semaphore(0);
        AtomicInteger continued = new AtomicInteger();
        EngineThread thread = thread(Shutdown.AFTER_CURRENT_STEP, LONG, self -> {
            pausing.release();
            if (self.pause(LONG)) {
                continued.incrementAndGet();
            }
            return Optional.of(LONG);
        });
        assertThat(pausing.tryAcquire(20, TimeUnit.SECONDS)).isTrue();
        thread.close();
        assertThat(continued).hasValue(0);
        assertThat(steps).hasValue(1);
    }
}
