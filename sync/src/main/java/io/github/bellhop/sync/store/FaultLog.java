package io.github.bellhop.sync.store;

import io.github.bellhop.BellhopException;
import org.slf4j.Logger;

/**
 * Logs the faults of threads that go on after them. Never throws: with no memory left, even a line of the log can fail,
 * and such a thread would end unseen.
 *
 * @hidden
 */
public final class FaultLog {
    private FaultLog() {}

    /** Logs what happened, with the kind of the fault, as a warning. */
    public static void warn(Logger log, String what, Throwable fault) {
        try {
            log.warn("{}: {}", what, StoreException.brief(fault));
        } catch (RuntimeException | Error unlogged) {
            // The thread goes on, which is worth more than the line.
        }
    }

    /** The same; of a fault that says what to do about it, in its own words. */
    public static void advise(Logger log, String what, Throwable fault) {
        try {
            log.warn(
                    "{}: {}",
                    what,
                    fault instanceof BellhopException ? fault.getMessage() : StoreException.brief(fault));
        } catch (RuntimeException | Error unlogged) {
            // As above.
        }
    }

    /** The same for what is seen only by those who look closely. */
    public static void debug(Logger log, String what, Throwable fault) {
        try {
            log.debug("{}: {}", what, StoreException.brief(fault));
        } catch (RuntimeException | Error unlogged) {
            // As above.
        }
    }
}
