package io.github.bellhop.simulator.svix;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.bellhop.simulator.fixture.FreshIds;
import io.github.bellhop.simulator.svix.PageQuery.Order;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.NavigableMap;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class PageTest {
    private final NavigableMap<String, Integer> numbers = new TreeMap<>();

    PageTest() {
        for (int i = 10; i < 35; i++) {
            numbers.put("n" + i, i);
        }
    }

    @ParameterizedTest
    @EnumSource(Order.class)
    void pagesForwardsAndBackwards(Order order) {
        List<Integer> all = new ArrayList<>(numbers.values());
        if (order == Order.DESCENDING) {
            Collections.reverse(all);
        }
        List<Integer> forth = new ArrayList<>();
        Page<Integer> page = page(null, order);
        forth.addAll(page.data());
        while (!page.done()) {
            page = page(page.iterator(), order);
            forth.addAll(page.data());
        }
        assertThat(forth).isEqualTo(all);
        List<Integer> back = new ArrayList<>(page.data());
        do {
            page = page(page.prevIterator(), order);
            back.addAll(0, page.data());
        } while (!page.done());
        assertThat(back).isEqualTo(all);
    }

    @Test
    void isDoneIfTheLastPageIsExactlyFull() {
        PageQuery query = PageQuery.first().limit(25);
        assertThat(Page.of(numbers, query, Order.ASCENDING, any -> true).done()).isTrue();
        assertThat(Page.of(numbers, query.limit(24), Order.ASCENDING, any -> true)
                        .done())
                .isFalse();
    }

    @Test
    void filtersBeforeApplyingTheLimit() {
        Page<Integer> even = Page.of(numbers, PageQuery.first().limit(5), Order.ASCENDING, n -> n % 2 == 0);
        assertThat(even.data()).containsExactly(10, 12, 14, 16, 18);
        assertThat(even.iterator()).isEqualTo("n18");
        assertThat(even.prevIterator()).isEqualTo("-n10");
    }

    @Test
    void resumesAfterADeletedItem() {
        numbers.remove("n19");
        assertThat(page("n19", Order.ASCENDING).data()).startsWith(20, 21);
        assertThat(page("n19", Order.DESCENDING).data()).startsWith(18, 17);
    }

    @Test
    void hasNoIteratorsIfEmpty() {
        assertThat(page("n99", Order.ASCENDING)).isEqualTo(new Page<Integer>(List.of(), null, null, true));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, -1, 251})
    void rejectsALimitOutOfRange(int limit) {
        assertThatThrownBy(() -> PageQuery.first().limit(limit))
                .isInstanceOfSatisfying(SvixException.class, refused -> {
                    assertThat(refused.status()).isEqualTo(422);
                    assertThat(refused.location()).containsExactly("query", "limit");
                });
    }

    @Test
    void ordersIdsWhileTheClockStandsStill() {
        FreshIds ids = FreshIds.ordered(InstantSource.fixed(SvixBench.NOON), new SplittableRandom(1));
        String before = "";
        for (int i = 0; i < 10_000; i++) {
            String id = ids.next("msg");
            assertThat(id).matches("msg_[0-9A-Za-z]{27}").isGreaterThan(before);
            before = id;
        }
    }

    private Page<Integer> page(@Nullable String iterator, Order order) {
        return Page.of(numbers, PageQuery.first().limit(7).from(iterator).in(order), Order.ASCENDING, any -> true);
    }
}
