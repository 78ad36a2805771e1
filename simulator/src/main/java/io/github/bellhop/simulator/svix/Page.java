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
 * A page of a list.
 *
 * @param data         the items, in the list's order
 * @param iterator     the id of the last item, to request the next page; null for an empty page
 * @param prevIterator a minus sign and the id of the first item, to request the previous page; null for an empty page
 * @param done         whether this is the last page (or the first, when paging backwards)
 */
public record Page<T>(
        List<T> data, @Nullable String iterator, @Nullable String prevIterator, boolean done) {
    /** Copies the list. */
    public Page {
        data = List.copyOf(data);
    }

    /** Returns a copy of this page with each item converted. */
    public <R> Page<R> map(Function<? super T, ? extends R> shape) {
        return new Page<R>(data.stream().<R>map(shape).toList(), iterator, prevIterator, done);
    }

    /** Returns a page of the items that match the filter. An iterator remains usable when its item is deleted. */
    static <T> Page<T> of(
            NavigableMap<String, T> all, PageQuery query, Order defaultOrder, Predicate<? super T> filter) {
        Order order = query.order() == null ? defaultOrder : query.order();
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
