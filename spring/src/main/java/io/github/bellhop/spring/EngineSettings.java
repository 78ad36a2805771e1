package io.github.bellhop.spring;

import io.github.bellhop.receiver.ReceiverSettings;
import io.github.bellhop.receiver.ReceiverSettings.WrongLimit;
import io.github.bellhop.sync.SyncSettings;
import io.github.bellhop.sync.mend.RetryPolicy;
import io.github.bellhop.sync.mirror.ClerkTables;
import io.github.bellhop.sync.mirror.Column;
import io.github.bellhop.sync.mirror.MirrorSettings;
import io.github.bellhop.sync.retention.RetentionSettings;
import io.github.bellhop.sync.store.Dialect;
import java.time.Duration;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/** Checks properties, and makes of them what the engine and the receiver take. */
final class EngineSettings {
    /** The sender may come again for more than a day, and must not find a session forgotten meanwhile. */
    private static final Duration SHORTEST_FOR_ROWS = Duration.ofDays(2);

    private EngineSettings() {}

    static SyncSettings sync(BellhopProperties properties) {
        BellhopProperties.Retry retry = properties.retry();
        require(isPositive(retry.firstDelay()), "bellhop.retry.first-delay", "a time above zero");
        require(retry.maxAttempts() > 0, "bellhop.retry.max-attempts", "a number above zero");
        return SyncSettings.defaults()
                .withMirror(mirror(properties.mirror()))
                .withRetention(retention(properties.retention()))
                .withExpectedInstanceId(orNull(properties.instanceId()))
                .withRetry(new RetryPolicy(retry.firstDelay(), retry.maxDelay(), retry.maxAttempts()));
    }

    /** How many handlers are called at once. */
    static int threads(@Nullable Integer wanted, Dialect dialect) {
        int usual = dialect.runsAtOnce();
        int threads = wanted == null ? usual : wanted;
        require(threads > 0 && threads <= 1_000, "bellhop.handlers.threads", "a number from 1 to 1000");
        require(
                usual > 1 || threads == 1,
                "bellhop.handlers.threads",
                "1, or leave it out: " + dialect.name() + " has one writer at a time");
        return threads;
    }

    static ReceiverSettings receiver(BellhopProperties.Limits limits, InstantSource clock) {
        WrongLimit wrong = ReceiverSettings.wrongLimit(
                limits.body().toBytes(), limits.budget().toBytes(), limits.bodyTimeout(), limits.answerTimeout());
        if (wrong != null) {
            require(false, wrong.setting(), wrong.wanted());
        }
        return new ReceiverSettings(
                (int) limits.body().toBytes(),
                limits.budget().toBytes(),
                limits.bodyTimeout(),
                limits.answerTimeout(),
                ReceiverSettings.DEFAULT.retryAfter(),
                clock);
    }

    private static MirrorSettings mirror(BellhopProperties.Mirror mirror) {
        return new MirrorSettings(
                TableNames.choice("bellhop.mirror.tables", mirror.tables(), ClerkTables.names()),
                TableNames.choice(
                        "bellhop.mirror.private-metadata",
                        mirror.privateMetadata(),
                        ClerkTables.namesWith(Column.Access.PRIVATE)),
                TableNames.choice("bellhop.mirror.raw", mirror.raw(), ClerkTables.namesWith(Column.Access.RAW)),
                mirror.deletes());
    }

    private static RetentionSettings retention(BellhopProperties.Retention times) {
        require(isPositive(times.payloads()), "bellhop.retention.payloads", "a time above zero, such as 7d");
        require(
                times.messages().compareTo(times.payloads()) >= 0,
                "bellhop.retention.messages",
                "at least as long as bellhop.retention.payloads");
        requireLong(times.sessions(), "bellhop.retention.sessions");
        requireLong(times.audit(), "bellhop.retention.audit");
        return new RetentionSettings(times.payloads(), times.messages(), times.sessions(), times.audit());
    }

    private static void requireLong(@Nullable Duration time, String setting) {
        require(
                time == null || time.compareTo(SHORTEST_FOR_ROWS) >= 0,
                setting,
                "a time of at least 2d, or not set for ever");
    }

    static void require(boolean good, String setting, String wanted) {
        if (!good) {
            throw new MisconfigurationException(
                    "The setting " + setting + " has a value that it cannot have.",
                    "Set " + setting + " to " + wanted + ".");
        }
    }

    static boolean isPositive(Duration duration) {
        return duration.compareTo(Duration.ZERO) > 0;
    }

    static @Nullable String orNull(@Nullable String text) {
        return text == null || text.isBlank() ? null : text;
    }
}
