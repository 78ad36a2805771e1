package io.github.bellhop.spring;

import io.github.bellhop.sync.handle.HandlerOptions;
import io.github.bellhop.sync.settings.RetryPolicy;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.config.ConfigurableBeanFactory;
import org.springframework.boot.convert.DurationStyle;

/**
 * Reads what an annotation asks for.
 *
 * @param beans  resolves placeholders
 * @param method whose annotation it is, as errors name it
 */
record WantedOptions(ConfigurableBeanFactory beans, String method) {
    private static final Duration LONGEST = Duration.ofDays(365);

    HandlerOptions of(OnClerkEvent wish) {
        HandlerOptions usual = HandlerOptions.DEFAULT;
        RetryPolicy retry = usual.retry();
        Duration firstDelay = duration("firstDelay", wish.firstDelay(), retry.firstDelay());
        boolean onlyFirst = text(wish.maxDelay()) == null && firstDelay.compareTo(retry.maxDelay()) > 0;
        Duration maxDelay = onlyFirst ? firstDelay : duration("maxDelay", wish.maxDelay(), retry.maxDelay());
        if (maxDelay.compareTo(firstDelay) < 0) {
            throw refused("maxDelay", wish.maxDelay(), "a time that is not below firstDelay");
        }
        return new HandlerOptions(
                wish.stale(),
                duration("timeout", wish.timeout(), usual.timeout()),
                new RetryPolicy(firstDelay, maxDelay, attempts(wish.attempts(), retry.maxAttempts())));
    }

    private Duration duration(String attribute, String given, Duration usual) {
        String text = text(given);
        if (text == null) {
            return usual;
        }
        try {
            Duration duration = DurationStyle.detectAndParse(text);
            if (EngineSettings.isPositive(duration) && duration.compareTo(LONGEST) <= 0) {
                return duration;
            }
        } catch (IllegalArgumentException | ArithmeticException unreadable) {
            // It is refused like one that is none.
        }
        throw refused(attribute, text, "a time above zero such as \"30s\", \"2m\" or \"1h\"");
    }

    private int attempts(String given, int usual) {
        String text = text(given);
        if (text == null) {
            return usual;
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
                "The @OnClerkEvent method " + method + " has the " + attribute + " \"" + given
                        + "\", which it cannot have.",
                "Set its " + attribute + " to " + wanted + ".");
    }
}
