package io.github.bellhop.sync.backend;

/**
 * A page of a list, oldest first, so that what is made meanwhile lands at the end.
 *
 * @param list   which list
 * @param limit  how many at most, 1 to 500
 * @param offset how many come before it
 */
public record BackendPage(Listing list, int limit, long offset) {
    /** The longest page that Clerk gives. */
    public static final int LONGEST = 500;

    /** Refuses what Clerk would refuse. */
    public BackendPage {
        if (limit < 1 || limit > LONGEST || offset < 0) {
            throw new IllegalArgumentException("a page has 1 to " + LONGEST + " rows and begins at 0 or later");
        }
    }

    /** The first page of a list. */
    public static BackendPage first(Listing list) {
        return new BackendPage(list, LONGEST, 0);
    }

    /** The page after it. */
    public BackendPage next() {
        return new BackendPage(list, limit, offset + limit);
    }

    /** Where the page is; a plus sign in a query has to be written as %2B. */
    String path() {
        return "/v1/" + list.path + "?order_by=%2Bcreated_at&limit=" + limit + "&offset=" + offset;
    }

    /** The lists. That of users is a bare array, the others are objects with {@code data} and {@code total_count}. */
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
