package io.github.bellhop.sync.write;

import io.github.bellhop.sync.store.FaultLog;
import io.github.bellhop.sync.store.StoreException;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Whether messages can be kept. Each cause is logged once while they cannot, and once that it is over: not when a probe
 * went through, but when a message did, or nobody wants to write. Thread-safe.
 */
final class StoreState {
    private static final Logger log = LoggerFactory.getLogger(BatchWriter.class);

    private final Set<String> told = new HashSet<>();
    private volatile boolean up;
    private volatile boolean troubled;
    private long since;

    boolean isUp() {
        return up;
    }

    /** Messages are taken from now on. */
    void open() {
        up = true;
    }

    /** Nothing can be written. */
    synchronized void fail(Throwable fault) {
        up = false;
        if (!troubled) {
            troubled = true;
            since = System.nanoTime();
        }
        try {
            tell(fault);
        } catch (RuntimeException | Error unlogged) {
            // The writer goes on, which is worth more than the line.
        }
    }

    private void tell(Throwable fault) {
        if (fault instanceof Error) {
            FaultLog.warn(log, "Messages cannot be kept, and deliveries are answered 503", fault);
        } else if (told.add(StoreException.brief(fault))) {
            String words = fault instanceof StoreException store
                    ? String.valueOf(store.getMessage())
                    : "a fault in the program (" + fault.getClass().getSimpleName() + ").";
            log.error("Messages cannot be kept: {} Deliveries are answered 503, and Svix retries them.", words);
        } else {
            log.debug("Messages cannot be kept still: {}", StoreException.brief(fault));
        }
    }

    /** Messages were written, or could be and there are none. */
    void succeed() {
        if (troubled) {
            end();
        }
    }

    private synchronized void end() {
        if (troubled && up) {
            troubled = false;
            told.clear();
            try {
                log.info(
                        "Messages are kept again, after {} s",
                        Duration.ofNanos(System.nanoTime() - since).toSeconds());
            } catch (RuntimeException | Error unlogged) {
                // As above; the messages are kept.
            }
        }
    }
}
