package io.github.bellhop.sync.write;

import io.github.bellhop.sync.store.FaultLog;
import io.github.bellhop.sync.store.StoreException;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tracks whether messages can be stored. Logs each cause of an outage once, and the end of the outage once. An outage
 * ends when a message has been stored, or when one could be stored and none are queued; a successful probe alone is not
 * enough. Thread-safe.
 */
final class StoreState {
    private static final Logger log = LoggerFactory.getLogger(BatchWriter.class);

    private final Set<String> loggedFaults = new HashSet<>();
    private volatile boolean up;
    private volatile boolean failing;
    private long failingSince;

    boolean isUp() {
        return up;
    }

    /** Marks the store as up. */
    void open() {
        up = true;
    }

    /** Marks the store as down. */
    synchronized void fail(Throwable fault) {
        up = false;
        if (!failing) {
            failing = true;
            failingSince = System.nanoTime();
        }
        try {
            logProblem(fault);
        } catch (RuntimeException | Error ignored) {
            // Keeping the writer alive is more important than the log entry.
        }
    }

    private void logProblem(Throwable fault) {
        if (fault instanceof Error) {
            FaultLog.warn(log, "Messages cannot be stored. Deliveries are answered with 503", fault);
        } else if (loggedFaults.add(StoreException.brief(fault))) {
            String problem = fault instanceof StoreException store
                    ? String.valueOf(store.getMessage())
                    : "a fault in Bellhop (" + fault.getClass().getSimpleName() + ").";
            log.error(
                    "Messages cannot be stored: {} Deliveries are answered with 503, and Svix retries them.", problem);
        } else {
            log.debug("Messages still cannot be stored: {}", StoreException.brief(fault));
        }
    }

    /** Ends an outage. Called when messages were written, or could be written and none are queued. */
    void succeed() {
        if (failing) {
            end();
        }
    }

    private synchronized void end() {
        if (failing && up) {
            failing = false;
            loggedFaults.clear();
            try {
                log.info(
                        "Messages can be stored again after {} s",
                        Duration.ofNanos(System.nanoTime() - failingSince).toSeconds());
            } catch (RuntimeException | Error ignored) {
                // As above.
            }
        }
    }
}
