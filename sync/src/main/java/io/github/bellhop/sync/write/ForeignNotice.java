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

/** Tells of messages of another Clerk instance: of the first, then at most every 10 minutes. Thread-safe. */
final class ForeignNotice {
    private static final Logger log = LoggerFactory.getLogger(ForeignNotice.class);
    private static final Duration INTERVAL = Duration.ofMinutes(10);

    private final InstantSource clock;
    private Instant next = Instant.MIN;
    private long count;

    ForeignNotice(InstantSource clock) {
        this.clock = clock;
    }

    /** Notes a message that was kept now. */
    synchronized void note(MessageState state, @Nullable String reason) {
        if (state != MessageState.ASIDE || !MessageJudge.FOREIGN_INSTANCE.equals(reason)) {
            return;
        }
        count++;
        Instant now = clock.instant();
        if (!now.isBefore(next)) {
            next = now.plus(INTERVAL);
            log.warn(
                    "Messages of another Clerk instance than the expected one are kept aside and not applied: {} so far."
                            + " If that is your instance, correct {}",
                    count,
                    SettingNames.in("bellhop.instance-id"));
        }
    }
}
