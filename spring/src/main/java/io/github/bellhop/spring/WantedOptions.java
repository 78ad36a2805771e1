package io.github.bellhop.spring;

import io.github.bellhop.sync.handle.HandlerOptions;
import io.github.bellhop.sync.settings.RetryPolicy;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.config.ConfigurableBeanFactory;
import org.springframework.boot.convert.DurationStyle;

/**
 * Parses the attributes of an annotation.
 *
 * @param beans  resolves placeholders
 * @param method the annotated method, for error messages
 */
record WantedOptions(ConfigurableBeanFactory beans, String method) {
    private static final Duration MAX_DURATION = Duration.ofDays(365);

    HandlerOptions of(OnClerkEvent annotation) {
        HandlerOptions defaults = HandlerOptions.DEFAULT;
        RetryPolicy retry = defaults.retry();
        Duration firstDelay = duration("firstDelay", annotation.firstDelay(), retry.firstDelay());
        boolean onlyFirst = text(annotation.maxDelay()) == null && firstDelay.compareTo(retry.maxDelay()) > 0;
        Duration maxDelay = onlyFirst ? firstDelay : duration("maxDelay", annotation.maxDelay(), retry.maxDelay());
        if (maxDelay.compareTo(firstDelay) < 0) {
            throw refused("maxDelay", annotation.maxDelay(), "a duration of at least firstDelay");
        }
        return new HandlerOptions(
                annotation.stale(),
                duration("timeout", annotation.timeout(), defaults.timeout()),
                new RetryPolicy(firstDelay, maxDelay, attempts(annotation.attempts(), retry.maxAttempts())));
    }

    private Duration duration(String attribute, String given, Duration defaultValue) {
        String text = text(given);
        if (text == null) {
            return defaultValue;
        }
        try {
            Duration duration = DurationStyle.detectAndParse(text);
            if (EngineSettings.isPositive(duration) && duration.compareTo(MAX_DURATION) <= 0) {
                return duration;
            }
        } catch (IllegalArgumentException | ArithmeticException unreadable) {
            // Rejected below, like a duration that is out of range.
        }
        throw refused(attribute, text, "a duration above zero such as \"30s\", \"2m\" or \"1h\"");
    }

    private int attempts(String given, int defaultValue) {
        String text = text(given);
        if (text == null) {
            return defaultValue;
        }
        if (!text.matches("[1-9][0-9]{0,4}")) {
            throw refused("attempts", text, "a number from 1 to 99999");
        }
        return Integer.parseInt(text);
    }

    private @Nullable String text(String given) {
        return given.isEmpty() ? null : EngineSettings.orNull(beans.resolveEmbeddedValue(given));
    }

    private MisconfigurationException refused(String attribute, String given, String wanted) {
        return new MisconfigurationException(
                "The @OnClerkEvent method " + method + " has an invalid " + attribute + " \"" + given + "\".",
                "Set its " + attribute + " to " + wanted + ".");
    }
}
