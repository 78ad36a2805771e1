package io.github.bellhop.simulator.clerk;

import org.jspecify.annotations.Nullable;

/**
 * The page of a list to return.
 *
 * @param limit         the maximum number of entities
 * @param offset        the number of entities to skip
 * @param order         the key to order by, such as {@code created_at}
 * @param descending    whether the highest value comes first
 * @param startingAfter the id of the entity after which the page starts, in order of creation; null for the start of
 *                      the list
 */
public record PageRequest(
        int limit,
        int offset,
        String order,
        boolean descending,
        @Nullable String startingAfter) {
    /** The key of the default order. */
    public static final String CREATED_AT = "created_at";

    /** Requests the newest entities first. */
    public static PageRequest newest(int limit, int offset) {
        return new PageRequest(limit, offset, CREATED_AT, true, null);
    }
}
