package io.github.bellhop.sync.mirror;

/** What happens to the rows of a deleted entity. A tombstone is always kept. */
public enum Deletes {
    /** The rows are kept, with {@code deleted_at} set. */
    SOFT,
    /** The rows are removed, and late messages do not write them again. */
    HARD,
    /** The rows are removed. For a deleted user, all other data about the user is erased too. */
    ERASE
}
