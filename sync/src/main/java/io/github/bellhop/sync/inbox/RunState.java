package io.github.bellhop.sync.inbox;

import java.util.Locale;

/** The state of a handler run that is not done, from best to worst. */
public enum RunState {
    /** It has not failed. It is due, or waits for the mirror or for an earlier run of its lane. */
    WAITING,
    /** It has failed and will be retried. */
    FAILING,
    /** It is a dead letter. */
    DEAD;

    /** Returns the name as shown to people. */
    public String id() {
        return name().toLowerCase(Locale.ROOT);
    }
}
