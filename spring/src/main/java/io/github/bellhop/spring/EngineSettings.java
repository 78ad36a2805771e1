package io.github.bellhop.spring;

import static io.github.bellhop.InvalidSettingException.require;

import io.github.bellhop.receiver.ReceiverSettings;
import io.github.bellhop.sync.mirror.MirrorSettings;
import io.github.bellhop.sync.mirror.TableChoice;
import io.github.bellhop.sync.settings.RetentionSettings;
import io.github.bellhop.sync.settings.RetryPolicy;
import io.github.bellhop.sync.settings.SyncSettings;
import io.github.bellhop.sync.store.Dialect;
import java.time.Duration;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.convert.DurationStyle;
import org.springframework.core.env.Environment;

/** Converts the properties to the settings of the engine and the receiver, which validate their own values. */
final class EngineSettings {
    private EngineSettings() {}

    static SyncSettings sync(BellhopProperties properties) {
        BellhopProperties.Mirror mirror = properties.mirror();
        BellhopProperties.Retention times = properties.retention();
        BellhopProperties.Retry retry = properties.retry();
        return SyncSettings.builder()
                .mirror(new MirrorSettings(
                        TableChoice.of("bellhop.mirror.tables", mirror.tables()),
                        TableChoice.of("bellhop.mirror.private-metadata", mirror.privateMetadata()),
                        TableChoice.of("bellhop.mirror.raw", mirror.raw()),
                        mirror.deletes()))
                .retention(RetentionSettings.of(
                        times.payloads(),
                        times.messages(),
                        times.sessions(),
                        times.audit(),
                        DurationStyle::detectAndParse))
                .expectedInstanceId(properties.instanceId())
                .retry(new RetryPolicy(retry.firstDelay(), retry.maxDelay(), retry.maxAttempts()))
                .build();
    }

    /** Returns the number of handlers to run in parallel. */
    static int threads(@Nullable Integer wanted, Dialect dialect) {
        int defaultThreads = dialect.runsAtOnce();
        int threads = wanted == null ? defaultThreads : wanted;
        require(threads > 0 && threads <= 1_000, "bellhop.handlers.threads", "a number from 1 to 1000");
        require(
                defaultThreads > 1 || threads == 1,
                "bellhop.handlers.threads",
                "1, because " + dialect.name() + " allows only one writer at a time");
        return threads;
    }

    static ReceiverSettings receiver(BellhopProperties.Limits limits, InstantSource clock) {
        return ReceiverSettings.of(
                limits.body().toBytes(),
                limits.budget().toBytes(),
                limits.bodyTimeout(),
                limits.answerTimeout(),
                clock);
    }

    /**
     * Returns the delivery path. It is a servlet mapping, so it must not contain characters that are special to servlet
     * containers.
     */
    static String path(BellhopProperties properties) {
        String path = properties.path();
        require(
                path.matches("(/[A-Za-z0-9._~-]+)+") && !path.contains("/."),
                "bellhop.path",
                "a plain path such as /api/webhooks/clerk, below the app's context path, without * and without a"
                        + " trailing slash");
        return path;
    }

    static boolean isPositive(Duration duration) {
        return duration.compareTo(Duration.ZERO) > 0;
    }

    /**
     * Returns the property, otherwise the environment variable that the program and Clerk's own libraries use; null if
     * neither is set.
     */
    static @Nullable String secret(@Nullable String property, String variable, Environment environment) {
        String text = orNull(property);
        return text == null ? orNull(environment.getProperty(variable)) : text;
    }

    static @Nullable String orNull(@Nullable String text) {
        return text == null || text.isBlank() ? null : text;
    }
}
