package io.github.bellhop.sync.settings;

import io.github.bellhop.sync.mirror.MirrorSettings;
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
    /**
     * Checks the bounds.
     *
     * @throws IllegalArgumentException if one is not positive
     */
    public SyncSettings {
        if (batchMessages < 1 || batchBytes < 1 || pollInterval.isZero() || pollInterval.isNegative()) {
            throw new IllegalArgumentException(
                    "A batch holds at least one message and one byte, and polling takes time");
        }
    }

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

    /** A builder that begins with the usual settings. */
    public static Builder builder() {
        return new Builder(defaults());
    }

    /** A builder that begins with these settings. */
    public Builder toBuilder() {
        return new Builder(this);
    }

    /** The same with another decision about the mirrored data. */
    public SyncSettings withMirror(MirrorSettings changed) {
        return toBuilder().mirror(changed).build();
    }

    /** The same with other times for which things are kept. */
    public SyncSettings withRetention(RetentionSettings changed) {
        return toBuilder().retention(changed).build();
    }

    /** The same with other attempts. */
    public SyncSettings withRetry(RetryPolicy changed) {
        return toBuilder().retry(changed).build();
    }

    /** Puts settings together. For one thread. */
    public static final class Builder {
        private MirrorSettings mirror;
        private @Nullable String expectedInstanceId;
        private RetentionSettings retention;
        private RetryPolicy retry;
        private final int batchMessages;
        private final long batchBytes;
        private final Duration pollInterval;
        private InstantSource clock;

        private Builder(SyncSettings from) {
            mirror = from.mirror;
            expectedInstanceId = from.expectedInstanceId;
            retention = from.retention;
            retry = from.retry;
            batchMessages = from.batchMessages;
            batchBytes = from.batchBytes;
            pollInterval = from.pollInterval;
            clock = from.clock;
        }

        /** Which data is mirrored. */
        public Builder mirror(MirrorSettings changed) {
            mirror = changed;
            return this;
        }

        /** The Clerk instance whose messages are applied; null or blank: every instance. */
        public Builder expectedInstanceId(@Nullable String changed) {
            expectedInstanceId = changed == null || changed.isBlank() ? null : changed;
            return this;
        }

        /** How long things are kept. */
        public Builder retention(RetentionSettings changed) {
            retention = changed;
            return this;
        }

        /** When a failed message is tried again. */
        public Builder retry(RetryPolicy changed) {
            retry = changed;
            return this;
        }

        /** What time it is. */
        public Builder clock(InstantSource changed) {
            clock = changed;
            return this;
        }

        /** The settings. */
        public SyncSettings build() {
            return new SyncSettings(
                    mirror, expectedInstanceId, retention, retry, batchMessages, batchBytes, pollInterval, clock);
        }
    }
}
