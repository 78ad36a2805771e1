package io.github.bellhop.simulator.clerk;

import java.util.List;
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

    /** Returns a copy of this page with each entity converted by the view. */
    Page map(UnaryOperator<ObjectNode> view) {
        return new Page(rows.stream().map(view).toList(), total);
    }
}
