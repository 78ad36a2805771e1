package io.github.bellhop.server.feed;

import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Limits guesses of the password and the tokens of the operator's port: per address, and in total. Addresses that sent
 * the right password or token recently are exempt from the total, so that guessing from many addresses does not lock
 * them out. Thread-safe; uses a bounded amount of memory.
 */
public final class GuessLimit {
    private static final Logger log = LoggerFactory.getLogger(GuessLimit.class);

    /** The counts are reset after this time. */
    static final Duration WINDOW = Duration.ofMinutes(1);

    static final int PER_ADDRESS = 10;
    static final int OVERALL = 100;
    private static final int MAX_TRUSTED = 1_000;
    private static final Duration LOG_INTERVAL = Duration.ofSeconds(10);

    private final LongSupplier nanos;
    private final Map<String, Integer> tries = new HashMap<>();
    private final Map<String, Boolean> right = new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Boolean> eldest) {
            return size() > MAX_TRUSTED;
        }
    };
    private long windowStart;
    private int wrongOverall;
    private long wrong;
    private long loggedAt;

    /** Creates a limit with no guesses so far. */
    public GuessLimit() {
        this(System::nanoTime);
    }

    GuessLimit(LongSupplier nanos) {
        this.nanos = nanos;
        windowStart = nanos.getAsLong();
        loggedAt = windowStart - LOG_INTERVAL.toNanos();
    }

    /**
     * Checks a password or token, unless this address has made too many guesses.
     *
     * @param wrong the answer to a wrong password or token
     * @return why the request is rejected; null if the password or token is right
     */
    public @Nullable Problem refusal(String address, BooleanSupplier isRight, Problem wrong) {
        if (!begin(address)) {
            return Problem.TOO_MANY_GUESSES;
        }
        boolean right = isRight.getAsBoolean();
        end(address, right);
        return right ? null : wrong;
    }

    /**
     * Returns whether a password or token from this address may be checked. If true, the caller must call {@link #end}.
     */
    synchronized boolean begin(String address) {
        long now = nanos.getAsLong();
        if (now - windowStart >= WINDOW.toNanos()) {
            windowStart = now;
            tries.clear();
            wrongOverall = 0;
        }
        int before = tries.getOrDefault(address, 0);
        if (before >= PER_ADDRESS || (wrongOverall >= OVERALL && !right.containsKey(address))) {
            note(address, "rejected unchecked");
            return false;
        }
        // Counted before the check, so that concurrent guesses cannot exceed the limit.
        tries.put(address, before + 1);
        wrongOverall++;
        return true;
    }

    /** Records whether the password or token was right. */
    synchronized void end(String address, boolean wasRight) {
        if (wasRight) {
            right.put(address, true);
            tries.computeIfPresent(address, (key, count) -> count > 1 ? count - 1 : null);
            wrongOverall = Math.max(0, wrongOverall - 1);
        } else {
            note(address, "wrong");
        }
    }

    /** Logs at intervals only, since strangers can cause any number of wrong guesses. */
    private void note(String address, String what) {
        wrong++;
        long now = nanos.getAsLong();
        if (now - loggedAt >= LOG_INTERVAL.toNanos()) {
            loggedAt = now;
            log.warn("Operator's port: a password or token from {} was {}; {} rejected so far", address, what, wrong);
        }
    }
}
