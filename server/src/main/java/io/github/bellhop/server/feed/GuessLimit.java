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
 * Bounds how often the password and the tokens of the operator's port can be guessed: per address, and over all
 * addresses but those that have been right lately, so that guessing from many addresses shuts nobody else out. Safe for
 * concurrent use; the memory that it takes is bounded.
 */
public final class GuessLimit {
    private static final Logger log = LoggerFactory.getLogger(GuessLimit.class);

    /** What is counted is forgotten after this. */
    static final Duration WINDOW = Duration.ofMinutes(1);

    static final int PER_ADDRESS = 10;
    static final int OVERALL = 100;
    private static final int REMEMBERED = 1_000;
    private static final Duration BETWEEN_NOTES = Duration.ofSeconds(10);

    private final LongSupplier nanos;
    private final Map<String, Integer> tries = new HashMap<>();
    private final Map<String, Boolean> right = new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Boolean> eldest) {
            return size() > REMEMBERED;
        }
    };
    private long windowStart;
    private int wrongOverall;
    private long wrong;
    private long notedAt;

    /** Nothing was guessed yet. */
    public GuessLimit() {
        this(System::nanoTime);
    }

    GuessLimit(LongSupplier nanos) {
        this.nanos = nanos;
        windowStart = nanos.getAsLong();
        notedAt = windowStart - BETWEEN_NOTES.toNanos();
    }

    /**
     * Checks a password or token, unless this address has tried too many.
     *
     * @param wrong the answer to a wrong one
     * @return why the request is refused; null if the password or token is right
     */
    public @Nullable Problem refusal(String address, BooleanSupplier isRight, Problem wrong) {
        if (!begin(address)) {
            return Problem.TOO_MANY_GUESSES;
        }
        boolean right = isRight.getAsBoolean();
        end(address, right);
        return right ? null : wrong;
    }

    /** Whether a password or token from this address may be looked at; if so, {@link #end} must follow. */
    synchronized boolean begin(String address) {
        long now = nanos.getAsLong();
        if (now - windowStart >= WINDOW.toNanos()) {
            windowStart = now;
            tries.clear();
            wrongOverall = 0;
        }
        int before = tries.getOrDefault(address, 0);
        if (before >= PER_ADDRESS || (wrongOverall >= OVERALL && !right.containsKey(address))) {
            note(address, "refused without a look");
            return false;
        }
        // Counted beforehand, so that many at once are no way around.
        tries.put(address, before + 1);
        wrongOverall++;
        return true;
    }

    /** What was looked at was right or wrong. */
    synchronized void end(String address, boolean wasRight) {
        if (wasRight) {
            right.put(address, true);
            tries.computeIfPresent(address, (key, count) -> count > 1 ? count - 1 : null);
            wrongOverall = Math.max(0, wrongOverall - 1);
        } else {
            note(address, "wrong");
        }
    }

    /** Not each: strangers can cause them at any rate. */
    private void note(String address, String what) {
        wrong++;
        long now = nanos.getAsLong();
        if (now - notedAt >= BETWEEN_NOTES.toNanos()) {
            notedAt = now;
            log.warn(
                    "A password or token for the operator's port from {} was {}; refused so far: {}",
                    address,
                    what,
                    wrong);
        }
    }
}
