package io.github.bellhop.simulator.svix;

import io.github.bellhop.simulator.svix.PageQuery.Order;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Part of a list.
 *
 * @param data         what is on it, in the list's order
 * @param iterator     the id of the last one, to go on from; null when there is none
 * @param prevIterator the id of the first one behind a minus sign, to go back from; null when there is none
 * @param done         whether nothing comes behind it (or, going back, before it)
 */
public record Page<T>(
        List<T> data, @Nullable String iterator, @Nullable String prevIterator, boolean done) {
    /** Copies the list. */
    public Page {
        data = List.copyOf(data);
    }

    /** The same page of something else. */
    public <R> Page<R> map(Function<? super T, ? extends R> shape) {
        return new Page<R>(data.stream().<R>map(shape).toList(), iterator, prevIterator, done);
    }

    /** A page of what the filter lets through; an iterator whose item is gone still marks its place. */
    static <T> Page<T> of(NavigableMap<String, T> all, PageQuery query, Order usual, Predicate<? super T> filter) {
        Order order = query.order() == null ? usual : query.order();
        NavigableMap<String, T> list = order == Order.ASCENDING ? all : all.descendingMap();
        String iterator = query.iterator();
        boolean back = iterator != null && iterator.startsWith("-");
        List<Map.Entry<String, T>> found = new ArrayList<>();
        for (Map.Entry<String, T> entry : from(list, iterator, back).entrySet()) {
            if (filter.test(entry.getValue())) {
                found.add(entry);
                if (found.size() > query.limit()) {
                    break;
                }
            }
        }
        boolean done = found.size() <= query.limit();
        List<Map.Entry<String, T>> page = new ArrayList<>(done ? found : found.subList(0, query.limit()));
        if (back) {
            Collections.reverse(page);
        }
        return new Page<>(
                page.stream().map(Map.Entry::getValue).toList(),
                page.isEmpty() ? null : page.get(page.size() - 1).getKey(),
                page.isEmpty() ? null : "-" + page.get(0).getKey(),
                done);
    }

    private static <T> NavigableMap<String, T> from(
            NavigableMap<String, T> list, @Nullable String iterator, boolean back) {
        if (iterator == null) {
            return list;
        }
        return back ? list.descendingMap().tailMap(iterator.substring(1), false) : list.tailMap(iterator, false);
    }
}
