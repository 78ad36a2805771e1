package io.github.bellhop.sync.mirror;

/** What becomes of the rows of something that was deleted. A tombstone stays in any case. */
public enum Deletes {
    /** They stay, with {@code deleted_at}. */
    SOFT,
    /** They are removed, and none that comes late is written. */
    HARD,
    /** The same, and of a deleted user everything else is erased too. */
    ERASE
}
