package io.github.bellhop.simulator.svix;

import java.util.List;
import java.util.function.Function;
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
}
