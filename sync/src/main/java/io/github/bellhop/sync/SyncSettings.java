package io.github.bellhop.sync;

import io.github.bellhop.sync.mend.RetryPolicy;
import io.github.bellhop.sync.mirror.MirrorSettings;
import io.github.bellhop.sync.retention.RetentionSettings;
import java.time.Duration;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/**
 * What the user decides about keeping and mirroring.
 *
 * @param mirror             which data is mirrored
 * @param expectedInstanceId the Clerk instance whose messages are applied; those of others are kept aside. Null: all
 * @param retention          how long things are kept
 * @param retry              when a failed message is tried again
 * @param batchMessages      the most messages that one transaction writes
 * @param batchBytes         the most bytes of payload that one transaction writes
 * @param pollInterval       how often the worker looks for messages that are due
 * @param clock              what time it is
 */
public record SyncSettings(
        MirrorSettings mirror,
        @Nullable String expectedInstanceId,
        RetentionSettings retention,
        RetryPolicy retry,
        int batchMessages,
        long batchBytes,
        Duration pollInterval,
        InstantSource clock) {
    /** The usual settings on the system clock. */
    public static SyncSettings defaults() {
        return new SyncSettings(
                MirrorSettings.DEFAULT,
                null,
                RetentionSettings.DEFAULT,
                RetryPolicy.DEFAULT,
                256,
                8L * 1024 * 1024,
                Duration.ofSeconds(1),
                InstantSource.system());
    }

    /** The same with another decision about the mirrored data. */
    public SyncSettings withMirror(MirrorSettings changed) {
        return new SyncSettings(
                changed, expectedInstanceId, retention, retry, batchMessages, batchBytes, pollInterval, clock);
    }

    /** The same with another expected instance. */
    public SyncSettings withExpectedInstanceId(@Nullable String changed) {
        return new SyncSettings(mirror, changed, retention, retry, batchMessages, batchBytes, pollInterval, clock);
    }

    /** The same with other times for which things are kept. */
    public SyncSettings withRetention(RetentionSettings changed) {
        return new SyncSettings(
                mirror, expectedInstanceId, changed, retry, batchMessages, batchBytes, pollInterval, clock);
    }

    /** The same with other attempts. */
    public SyncSettings withRetry(RetryPolicy changed) {
        return new SyncSettings(
                mirror, expectedInstanceId, retention, changed, batchMessages, batchBytes, pollInterval, clock);
    }

    /** The same on another clock. */
    public SyncSettings withClock(InstantSource changed) {
        return new SyncSettings(
                mirror, expectedInstanceId, retention, retry, batchMessages, batchBytes, pollInterval, changed);
    }
}
