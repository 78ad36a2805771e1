package io.github.bellhop.simulator.clerk;

import org.jspecify.annotations.Nullable;

/**
 * Which part of a list is wanted.
 *
 * @param limit         how many entities at most
 * @param offset        how many to pass over
 * @param order         the key by which the list is ordered, such as {@code created_at}
 * @param descending    whether the highest comes first
 * @param startingAfter the id of the entity behind which it begins, in the order of creation; null for the beginning
 */
public record PageRequest(
        int limit,
        int offset,
        String order,
        boolean descending,
        @Nullable String startingAfter) {
    /** The key of the order that a list has of itself. */
    public static final String CREATED_AT = "created_at";

    /** The newest entities first. */
    public static PageRequest newest(int limit, int offset) {
        return new PageRequest(limit, offset, CREATED_AT, true, null);
    }
}
