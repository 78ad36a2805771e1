package io.github.bellhop.receiver;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class DeadlinesTest {
    @Test
    void continuesAfterFault() throws InterruptedException {
        CountDownLatch looked = new CountDownLatch(2);
        try (Deadlines deadlines = new Deadlines("test-deadlines")) {
            deadlines.add(now -> {
                throw new IllegalStateException();
            });
            deadlines.add(now -> {
                throw new StackOverflowError();
            });
            deadlines.add(now -> {
                looked.countDown();
                return true;
            });
            assertThat(looked.await(120, TimeUnit.SECONDS)).isTrue();
        }
    }

    @Test
    void stopsCheckingEndedTask() throws InterruptedException {
        AtomicInteger over = new AtomicInteger();
        CountDownLatch looked = new CountDownLatch(3);
        try (Deadlines deadlines = new Deadlines("test-deadlines")) {
            deadlines.add(now -> {
                over.incrementAndGet();
                return false;
            });
            deadlines.add(now -> {
                looked.countDown();
                return true;
            });
            assertThat(looked.await(120, TimeUnit.SECONDS)).isTrue();
        }
        assertThat(over).hasValue(1);
    }
}
