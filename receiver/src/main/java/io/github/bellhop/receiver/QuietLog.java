package io.github.bellhop.receiver;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;

/**
 * Limits how often refusals are logged, because anyone can cause any number of them. Logs each kind at most once every
 * ten seconds, with a count.
 */
final class QuietLog {
    private static final long INTERVAL_NANOS = 10_000_000_000L;

    private final Logger log;
    private final Map<String, Kind> kinds = new ConcurrentHashMap<>();

    private static final class Kind {
        private final AtomicLong count = new AtomicLong();
        private final AtomicLong lastLogged = new AtomicLong(System.nanoTime() - INTERVAL_NANOS);
    }

    QuietLog(Logger log) {
        this.log = log;
    }

    /** Logs a refusal of the given kind. There must be few kinds, and none may contain anything from the sender. */
    void info(String what) {
        Kind kind = kinds.computeIfAbsent(what, key -> new Kind());
        long count = kind.count.incrementAndGet();
        long now = System.nanoTime();
        long last = kind.lastLogged.get();
        if (now - last >= INTERVAL_NANOS && kind.lastLogged.compareAndSet(last, now)) {
            log.info(
                    "Deliveries refused with {}: {} so far. To find the cause, run: bellhop doctor --url URL",
                    what,
                    count);
        }
    }
}
