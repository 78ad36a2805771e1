package io.github.bellhop.sync.store;

import io.github.bellhop.BellhopException;
import org.slf4j.Logger;

/**
 * Logs the faults of threads that must keep running. Never throws: when memory runs out, even logging can fail, and the
 * thread would end unnoticed.
 *
 * @hidden
 */
public final class FaultLog {
    private FaultLog() {}

    /** Logs a warning with a summary of the fault. */
    public static void warn(Logger log, String what, Throwable fault) {
        try {
            log.warn("{}: {}", what, StoreException.brief(fault));
        } catch (RuntimeException | Error ignored) {
            // Keeping the thread alive is more important than the log entry.
        }
    }

    /** Logs a warning with the fault's message if it contains advice; otherwise with a summary of the fault. */
    public static void advise(Logger log, String what, Throwable fault) {
        try {
            log.warn(
                    "{}: {}",
                    what,
                    fault instanceof BellhopException ? fault.getMessage() : StoreException.brief(fault));
        } catch (RuntimeException | Error ignored) {
            // As above.
        }
    }

    /** Logs a summary of the fault at debug level. */
    public static void debug(Logger log, String what, Throwable fault) {
        try {
            log.debug("{}: {}", what, StoreException.brief(fault));
        } catch (RuntimeException | Error ignored) {
            // As above.
        }
    }
}
