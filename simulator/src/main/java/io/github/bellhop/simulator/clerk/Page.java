package io.github.bellhop.simulator.clerk;

import java.util.List;
import java.util.function.UnaryOperator;
import tools.jackson.databind.node.ObjectNode;

/**
 * A part of a list.
 *
 * @param rows  the entities; copies
 * @param total how many the whole list has
 */
public record Page(List<ObjectNode> rows, long total) {
    /** Copies the list. */
    public Page {
        rows = List.copyOf(rows);
    }

    /** The same part, its entities seen otherwise. */
    Page map(UnaryOperator<ObjectNode> view) {
        return new Page(rows.stream().map(view).toList(), total);
    }
}
