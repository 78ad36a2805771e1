package io.github.bellhop.sync.retention;

/** A task that clears one kind of expired data. */
interface RetentionTask {
    /** Returns the task's name in metrics. */
    String name();

    /**
     * Clears a batch of due data in one short transaction.
     *
     * @return the number of cleared items; 0 if nothing is due
     */
    int clearSome();
}
