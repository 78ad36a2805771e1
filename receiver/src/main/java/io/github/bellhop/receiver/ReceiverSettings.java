package io.github.bellhop.receiver;

import java.time.Duration;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/**
 * The limits of the receiver.
 *
 * @param maxBodyBytes  the largest body that is taken
 * @param budgetBytes   how many bytes of bodies may be in flight and queued at once, over all deliveries
 * @param bodyTimeout   how long after the headers a body may take to come
 * @param answerTimeout how long after the headers the answer may take, the body's time included; Svix gives up after
 *                      15 seconds
 * @param retryAfter    what a refused sender is told to wait; whole seconds
 * @param clock         what time it is
 */
public record ReceiverSettings(
        int maxBodyBytes,
        long budgetBytes,
        Duration bodyTimeout,
        Duration answerTimeout,
        Duration retryAfter,
        InstantSource clock) {
    private static final long LARGEST_BODY = 64L * 1024 * 1024;

    /** 1 MiB per body, 64 MiB in all, 10 and 12 seconds. */
    public static final ReceiverSettings DEFAULT = new ReceiverSettings(
            1024 * 1024,
            64L * 1024 * 1024,
            Duration.ofSeconds(10),
            Duration.ofSeconds(12),
            Duration.ofSeconds(10),
            InstantSource.system());

    /**
     * A limit that cannot be.
     *
     * @param setting its name, such as {@code bellhop.limits.body}
     * @param wanted  what it can be
     */
    public record WrongLimit(String setting, String wanted) {}

    /** What settings may say, before any are made of them; null when all of it is good, else the first that is not. */
    public static @Nullable WrongLimit wrongLimit(
            long bodyBytes, long budgetBytes, Duration bodyTimeout, Duration answerTimeout) {
        if (bodyBytes < 1 || bodyBytes > LARGEST_BODY) {
            return new WrongLimit("bellhop.limits.body", "1B to 64MB");
        }
        if (budgetBytes < bodyBytes) {
            return new WrongLimit("bellhop.limits.budget", "at least as much as bellhop.limits.body");
        }
        if (bodyTimeout.isZero() || bodyTimeout.isNegative()) {
            return new WrongLimit("bellhop.limits.body-timeout", "a time above zero");
        }
        if (answerTimeout.compareTo(bodyTimeout) < 0) {
            return new WrongLimit("bellhop.limits.answer-timeout", "at least as long as bellhop.limits.body-timeout");
        }
        return null;
    }
}
