package io.github.bellhop.sync.inbox;

import java.util.Locale;

/** Where a run of a handler stands that is not done, from the best to the worst. */
public enum RunState {
    /** It is to be called: it is due, or waits for the mirror or for an earlier run of its lane. */
    WAITING,
    /** It has failed, and is called again. */
    FAILING,
    /** It is a dead letter. */
    DEAD;

    /** The name as it is shown. */
    public String id() {
        return name().toLowerCase(Locale.ROOT);
    }
}
