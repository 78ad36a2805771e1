package io.github.bellhop.sync.settings;

import io.github.bellhop.sync.mirror.MirrorSettings;
import java.time.Duration;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/**
 * Settings for storing and mirroring messages.
 *
 * @param mirror             which data is mirrored
 * @param expectedInstanceId the Clerk instance whose messages are applied; messages from other instances are stored but
 *                           set aside. If null, the messages of every instance are applied
 * @param retention          how long data is kept
 * @param retry              when a failed message is retried
 * @param batchMessages      the maximum number of messages written in one transaction
 * @param batchBytes         the maximum number of payload bytes written in one transaction
 * @param pollInterval       how often the worker looks for due messages
 * @param clock              the source of the current time
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
     * Validates the limits.
     *
     * @throws IllegalArgumentException if a limit or the interval is not positive
     */
    public SyncSettings {
        if (batchMessages < 1 || batchBytes < 1 || pollInterval.isZero() || pollInterval.isNegative()) {
            throw new IllegalArgumentException("batchMessages, batchBytes and pollInterval must be positive");
        }
    }

    /** Returns the default settings, with the system clock. */
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

    /** Returns a builder with the default settings. */
    public static Builder builder() {
        return new Builder(defaults());
    }

    /** Returns a builder with these settings. */
    public Builder toBuilder() {
        return new Builder(this);
    }

    /** Returns these settings with another choice of mirrored data. */
    public SyncSettings withMirror(MirrorSettings changed) {
        return toBuilder().mirror(changed).build();
    }

    /** Returns these settings with other retention times. */
    public SyncSettings withRetention(RetentionSettings changed) {
        return toBuilder().retention(changed).build();
    }

    /** Returns these settings with another retry policy. */
    public SyncSettings withRetry(RetryPolicy changed) {
        return toBuilder().retry(changed).build();
    }

    /** Builds settings. Not thread-safe. */
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

        /** Sets which data is mirrored. */
        public Builder mirror(MirrorSettings changed) {
            mirror = changed;
            return this;
        }

        /** Sets the Clerk instance whose messages are applied; null or blank stands for every instance. */
        public Builder expectedInstanceId(@Nullable String changed) {
            expectedInstanceId = changed == null || changed.isBlank() ? null : changed;
            return this;
        }

        /** Sets how long data is kept. */
        public Builder retention(RetentionSettings changed) {
            retention = changed;
            return this;
        }

        /** Sets when a failed message is retried. */
        public Builder retry(RetryPolicy changed) {
            retry = changed;
            return this;
        }

        /** Sets the source of the current time. */
        public Builder clock(InstantSource changed) {
            clock = changed;
            return this;
        }

        /** Returns the settings. */
        public SyncSettings build() {
            return new SyncSettings(
                    mirror, expectedInstanceId, retention, retry, batchMessages, batchBytes, pollInterval, clock);
        }
    }
}
