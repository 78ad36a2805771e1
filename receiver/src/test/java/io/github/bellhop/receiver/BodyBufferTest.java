package io.github.bellhop.receiver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.Random;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BodyBufferTest {
    private static final int LIMIT = 100_000;

    private final BodyBudget budget = new BodyBudget(1_000_000);

    @ParameterizedTest
    @ValueSource(ints = {-1, 0, 1, 5_000, 40_000, 1_000_000})
    void returnsAddedBytesForAnyDeclaredLength(int declared) {
        BodyBuffer buffer = new BodyBuffer(budget, declared, LIMIT);
        byte[] body = new byte[40_000];
        new Random(7).nextBytes(body);
        for (int from = 0; from < body.length; from += 7_000) {
            int count = Math.min(7_000, body.length - from);
            assertThat(buffer.add(Arrays.copyOfRange(body, from, from + count), count))
                    .isTrue();
            assertThat(budget.used()).isGreaterThanOrEqualTo(buffer.length());
        }
        assertThat(buffer.complete()).isEqualTo(body);
        assertThat(budget.used()).isEqualTo(body.length);
        buffer.release();
        buffer.release();
        assertThat(budget.used()).isZero();
    }

    @Test
    void addsNothingBeyondTheBudget() {
        BodyBuffer buffer = new BodyBuffer(new BodyBudget(5_000), -1, LIMIT);
        assertThat(buffer.add(new byte[4_000], 4_000)).isTrue();
        assertThat(buffer.add(new byte[4_000], 4_000)).isFalse();
        assertThat(buffer.length()).isEqualTo(4_000);
    }

    @Test
    void reservesNothingWithoutFreeMemory() {
        BodyBudget large = new BodyBudget(Long.MAX_VALUE);
        BodyBuffer buffer = new BodyBuffer(large, -1, Integer.MAX_VALUE);
        buffer.add(new byte[3], 3);
        long before = large.used();
        // No JVM can allocate an array of this length.
        assertThatThrownBy(() -> buffer.add(new byte[0], Integer.MAX_VALUE - 3)).isInstanceOf(OutOfMemoryError.class);
        assertThat(large.used()).isEqualTo(before);
        assertThat(buffer.abandon()).isTrue();
        assertThat(large.used()).isZero();
    }

    @Test
    void isEitherCompleteOrAbandoned() {
        BodyBuffer whole = new BodyBuffer(budget, 3, LIMIT);
        whole.add(new byte[3], 3);
        assertThat(whole.complete()).hasSize(3);
        assertThat(whole.abandon()).isFalse();
        assertThat(budget.used()).isEqualTo(3);
        whole.release();

        BodyBuffer abandoned = new BodyBuffer(budget, 3, LIMIT);
        abandoned.add(new byte[3], 3);
        assertThat(abandoned.abandon()).isTrue();
        assertThat(abandoned.abandon()).isFalse();
        assertThat(abandoned.add(new byte[3], 3)).isTrue();
        assertThat(abandoned.complete()).isNull();
        assertThat(budget.used()).isZero();
    }

    @Test
    void releasesEverythingWhicheverThreadIsFirst() throws Exception {
        ExecutorService deadline = Executors.newSingleThreadExecutor();
        byte[] chunk = new byte[500];
        for (int round = 0; round < 3_000; round++) {
            BodyBuffer buffer = new BodyBuffer(budget, -1, LIMIT);
            CyclicBarrier both = new CyclicBarrier(2);
            Future<Boolean> abandoned = deadline.submit(() -> {
                both.await();
                return buffer.abandon();
            });
            both.await();
            for (int i = 0; i < 40; i++) {
                buffer.add(chunk, chunk.length);
            }
            byte[] whole = buffer.complete();
            assertThat(abandoned.get()).isEqualTo(whole == null);
            assertThat(budget.used()).isEqualTo(whole == null ? 0 : 20_000);
            buffer.release();
            assertThat(budget.used()).isZero();
        }
        deadline.shutdownNow();
    }
}
