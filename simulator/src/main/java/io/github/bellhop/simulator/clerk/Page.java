package io.github.bellhop.simulator.clerk;

import java.util.List;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import tools.jackson.databind.node.ObjectNode;

/**
 * A page of a list.
 *
 * @param rows  copies of the entities
 * @param total the number of entities in the whole list
 */
public record Page(List<ObjectNode> rows, long total) {
    /** Copies the list. */
    public Page {
        rows = List.copyOf(rows);
    }

    /** Returns the requested part of a whole list. Only the entities of the page are converted. */
    static <T> Page of(List<T> all, PageRequest request, Function<? super T, ObjectNode> view) {
        return new Page(
                all.stream()
                        .skip(request.offset())
                        .limit(request.limit())
                        .map(view)
                        .toList(),
                all.size());
    }

    /** Returns a copy of this page with each entity converted by the view. */
    Page map(UnaryOperator<ObjectNode> view) {
        return new Page(rows.stream().map(view).toList(), total);
    }
}
