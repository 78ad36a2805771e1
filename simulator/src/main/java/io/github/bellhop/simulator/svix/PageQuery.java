package io.github.bellhop.simulator.svix;

import org.jspecify.annotations.Nullable;

/**
 * The page of a list to return.
 *
 * @param limit    the maximum number of items, 1 to {@value #MOST}
 * @param iterator the {@code iterator} of the previous page, or the {@code prevIterator} of the next one; null for the
 *                 first page
 * @param order    null for the list's default order
 */
public record PageQuery(
        int limit, @Nullable String iterator, @Nullable Order order) {
    /** The maximum number of items on a page. */
    public static final int MOST = 250;

    private static final int DEFAULT_LIMIT = 50;

    /** The order of a list by id. */
    public enum Order {
        /** Oldest first. */
        ASCENDING,
        /** Newest first. */
        DESCENDING
    }

    /**
     * Checks the limit.
     *
     * @throws SvixException if it is out of range
     */
    public PageQuery {
        if (limit < 1) {
            throw SvixException.invalidQuery("limit", "Given limit must be at least 1");
        }
        if (limit > MOST) {
            throw SvixException.invalidQuery("limit", "Given limit must not exceed " + MOST);
        }
    }

    /** The first 50 items in the default order. */
    public static PageQuery first() {
        return new PageQuery(DEFAULT_LIMIT, null, null);
    }

    /** Returns a copy with this limit. */
    public PageQuery limit(int most) {
        return new PageQuery(most, iterator, order);
    }

    /** Returns a copy that starts at this iterator; null for the first page. */
    public PageQuery from(@Nullable String place) {
        return new PageQuery(limit, place, order);
    }

    /** Returns a copy with this order; null for the list's default order. */
    public PageQuery in(@Nullable Order other) {
        return new PageQuery(limit, iterator, other);
    }
}
