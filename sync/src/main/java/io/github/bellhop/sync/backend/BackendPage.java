package io.github.bellhop.sync.backend;

/**
 * A page of a list, sorted by creation time, so that entities created during paging appear at the end.
 *
 * @param list   the list
 * @param limit  the maximum number of rows, 1 to 500
 * @param offset the number of rows to skip
 */
public record BackendPage(Listing list, int limit, long offset) {
    /** The largest limit that Clerk accepts. */
    public static final int MAX_LIMIT = 500;

    /**
     * Validates the page.
     *
     * @throws IllegalArgumentException if the limit is not between 1 and 500, or the offset is negative
     */
    public BackendPage {
        if (limit < 1 || limit > MAX_LIMIT || offset < 0) {
            throw new IllegalArgumentException("limit must be from 1 to " + MAX_LIMIT + ", and offset at least 0");
        }
    }

    /** Returns the first page of a list, with the largest limit. */
    public static BackendPage first(Listing list) {
        return new BackendPage(list, MAX_LIMIT, 0);
    }

    /** Returns the page after this one. */
    public BackendPage next() {
        return new BackendPage(list, limit, offset + limit);
    }

    /** Returns the page's URL path and query. A plus sign in a query must be encoded as %2B. */
    String path() {
        return "/v1/" + list.path + "?order_by=%2Bcreated_at&limit=" + limit + "&offset=" + offset;
    }

    /**
     * The lists. Clerk returns users as a bare array, and the other lists as objects with {@code data} and
     * {@code total_count}.
     */
    public enum Listing {
        /** All users. */
        USERS("users"),
        /** All organizations. */
        ORGANIZATIONS("organizations"),
        /** The memberships of all organizations. */
        MEMBERSHIPS("organization_memberships");

        private final String path;

        Listing(String path) {
            this.path = path;
        }
    }
}
