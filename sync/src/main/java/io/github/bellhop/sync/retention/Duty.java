package io.github.bellhop.sync.retention;

/** One kind of thing whose time can be up. */
interface Duty {
    /** The name that metrics give to what it clears. */
    String name();

    /**
     * Clears some of what is due, in one short transaction.
     *
     * @return how much; 0 when nothing more is due
     */
    int clearSome();
}
