package io.github.bellhop.simulator.svix;

import org.jspecify.annotations.Nullable;

/**
 * Which part of a list is wanted.
 *
 * @param limit    how many at most, 1 to {@value #MOST}
 * @param iterator that of the page before, or the previous iterator of the page behind; null for the beginning
 * @param order    null for the list's own
 */
public record PageQuery(
        int limit, @Nullable String iterator, @Nullable Order order) {
    /** The most that a page holds. */
    public static final int MOST = 250;

    private static final int USUAL = 50;

    /** Which ids come first. */
    public enum Order {
        /** The oldest. */
        ASCENDING,
        /** The newest. */
        DESCENDING
    }

    /**
     * Checks the limit.
     *
     * @throws SvixException when it is out of range
     */
    public PageQuery {
        if (limit < 1) {
            throw SvixException.invalidQuery("limit", "Given limit must be at least 1");
        }
        if (limit > MOST) {
            throw SvixException.invalidQuery("limit", "Given limit must not exceed " + MOST);
        }
    }

    /** The first 50 in the list's own order. */
    public static PageQuery first() {
        return new PageQuery(USUAL, null, null);
    }

    /** The same with another limit. */
    public PageQuery limit(int most) {
        return new PageQuery(most, iterator, order);
    }

    /** The same from another place on. */
    public PageQuery from(@Nullable String place) {
        return new PageQuery(limit, place, order);
    }

    /** The same in another order. */
    public PageQuery in(@Nullable Order other) {
        return new PageQuery(limit, iterator, other);
    }
}
