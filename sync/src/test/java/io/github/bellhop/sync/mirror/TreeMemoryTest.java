package io.github.bellhop.sync.mirror;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests payloads that are small as text and large as trees. */
class TreeMemoryTest {
    private static final int MEGABYTE = 1024 * 1024;

    private static byte[] filledWith(String element) {
        String list = (element + ",").repeat(MEGABYTE / (element.length() + 1));
        return ("{\"data\":[" + list + "null]}").getBytes(StandardCharsets.UTF_8);
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "[]", "0", "\"\"", "[0]", "{\"\":0}", "{\"a\":{}}", "[[1]]", "null", "true"})
    void treeNeedsAtMostTheReservedMemory(String element) {
        byte[] payload = filledWith(element);
        System.gc();
        long before = used();
        Map<String, ?> tree = PayloadTree.read(payload);
        System.gc();
        long taken = used() - before;
        assertThat((List<?>) tree.get("data")).hasSizeGreaterThan(10_000);
        assertThat(taken).as(element).isLessThan(TreeMemory.weight(payload)).isLessThan(26L * MEGABYTE);
    }

    private static long used() {
        return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
    }

    @Test
    void largeTreesWaitForFreeMemory() throws Exception {
        byte[] large = filledWith("{}");
        byte[] wholeLimit = new byte[64 * MEGABYTE];
        Arrays.fill(wholeLimit, (byte) ',');
        AtomicInteger atOnce = new AtomicInteger();
        CountDownLatch first = new CountDownLatch(1);
        CountDownLatch go = new CountDownLatch(1);
        ExecutorService threads = Executors.newFixedThreadPool(2);
        try {
            Future<Integer> holder = threads.submit(() -> TreeMemory.within(wholeLimit, () -> {
                first.countDown();
                await(go);
                return atOnce.incrementAndGet();
            }));
            await(first);
            Future<Integer> waiter = threads.submit(() -> TreeMemory.within(large, atOnce::incrementAndGet));
            assertThat(TreeMemory.within(new byte[100], () -> "small")).isEqualTo("small");
            assertThat(waiter.isDone()).isFalse();
            go.countDown();
            assertThat(holder.get(20, TimeUnit.SECONDS)).isEqualTo(1);
            assertThat(waiter.get(20, TimeUnit.SECONDS)).isEqualTo(2);
        } finally {
            threads.shutdownNow();
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(20, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException interrupted) {
            throw new IllegalStateException(interrupted);
        }
    }

    @Test
    void releasesMemoryAfterError() {
        byte[] payload = filledWith("{}");
        for (int i = 0; i < 100; i++) {
            assertThatThrownBy(() -> TreeMemory.within(payload, () -> {
                        throw new OutOfMemoryError("on purpose");
                    }))
                    .isInstanceOf(OutOfMemoryError.class);
        }
        assertThat(TreeMemory.within(payload, () -> "done")).isEqualTo("done");
    }
}
