package io.github.bellhop.sync.write;

import io.github.bellhop.SettingNames;
import io.github.bellhop.sync.inbox.MessageState;
import io.github.bellhop.sync.mirror.MessageJudge;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Logs a warning about messages from another Clerk instance: at the first one, and then at most every 10 minutes.
 * Thread-safe.
 */
final class ForeignNotice {
    private static final Logger log = LoggerFactory.getLogger(ForeignNotice.class);
    private static final Duration INTERVAL = Duration.ofMinutes(10);

    private final InstantSource clock;
    private Instant next = Instant.MIN;
    private long total;

    ForeignNotice(InstantSource clock) {
        this.clock = clock;
    }

    /** Counts a message that has been stored. */
    synchronized void count(MessageState state, @Nullable String reason) {
        if (state != MessageState.ASIDE || !MessageJudge.FOREIGN_INSTANCE.equals(reason)) {
            return;
        }
        total++;
        Instant now = clock.instant();
        if (!now.isBefore(next)) {
            next = now.plus(INTERVAL);
            log.warn(
                    "Messages from an unexpected Clerk instance are set aside and not applied: {} so far."
                            + " If the instance is yours, correct {}",
                    total,
                    SettingNames.in("bellhop.instance-id"));
        }
    }
}
