package io.github.bellhop.simulator.dispatch;

import java.time.Instant;

/**
 * A job that waits for its time.
 *
 * @hidden
 */
public interface Scheduled {
    /** Takes it back, and says whether that was in time: false when it was started or taken back already. */
    boolean cancel();

    /** Gives it another time, behind everything that waits for the same; nothing when it was started or taken back. */
    void moveTo(Instant at);
}
