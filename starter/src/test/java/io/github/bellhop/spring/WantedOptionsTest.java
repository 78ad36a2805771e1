package io.github.bellhop.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.bellhop.event.UserEvent;
import io.github.bellhop.sync.handle.HandlerOptions;
import io.github.bellhop.sync.settings.RetryPolicy;
import java.time.Duration;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.support.DefaultListableBeanFactory;

class WantedOptionsTest {
    static class Methods {
        @OnClerkEvent
        void usual(UserEvent event) {}

        @OnClerkEvent(stale = true, timeout = "2m", attempts = "3", firstDelay = "100ms", maxDelay = "PT1H")
        void all(UserEvent event) {}

        @OnClerkEvent(timeout = "${app.timeout}", firstDelay = "1d")
        void placeholder(UserEvent event) {}

        @OnClerkEvent(timeout = "soon")
        void unreadableTimeout(UserEvent event) {}

        @OnClerkEvent(timeout = "0s")
        void noTimeout(UserEvent event) {}

        @OnClerkEvent(attempts = "0")
        void noAttempts(UserEvent event) {}

        @OnClerkEvent(firstDelay = "-1s")
        void negativeDelay(UserEvent event) {}

        @OnClerkEvent(firstDelay = "2m", maxDelay = "1m")
        void delaysCrossed(UserEvent event) {}
    }

    private static HandlerOptions of(String method) {
        DefaultListableBeanFactory beans = new DefaultListableBeanFactory();
        beans.addEmbeddedValueResolver(text -> text.equals("${app.timeout}") ? "45s" : text);
        OnClerkEvent annotation = Arrays.stream(Methods.class.getDeclaredMethods())
                .filter(one -> one.getName().equals(method))
                .findFirst()
                .orElseThrow()
                .getAnnotation(OnClerkEvent.class);
        return new WantedOptions(beans, "methods." + method).of(annotation);
    }

    @Test
    void defaultsToTheUsualOptions() {
        assertThat(of("usual")).isEqualTo(HandlerOptions.DEFAULT);
    }

    @Test
    void readsTheAttributes() {
        assertThat(of("all"))
                .isEqualTo(new HandlerOptions(
                        true, Duration.ofMinutes(2), new RetryPolicy(Duration.ofMillis(100), Duration.ofHours(1), 3)));
    }

    @Test
    void resolvesPlaceholders() {
        assertThat(of("placeholder").timeout()).isEqualTo(Duration.ofSeconds(45));
        assertThat(of("placeholder").retry().maxDelay()).isEqualTo(Duration.ofDays(1));
    }

    @ParameterizedTest
    @CsvSource({
        "unreadableTimeout, timeout, soon",
        "noTimeout, timeout, 0s",
        "noAttempts, attempts, 0",
        "negativeDelay, firstDelay, -1s",
        "delaysCrossed, maxDelay, 1m"
    })
    void rejectsInvalidValuesWithAFix(String method, String attribute, String given) {
        assertThatExceptionOfType(MisconfigurationException.class)
                .isThrownBy(() -> of(method))
                .satisfies(refused -> {
                    assertThat(refused).hasMessageContainingAll("methods." + method, attribute, "\"" + given + "\"");
                    assertThat(refused.action()).contains("Set its " + attribute);
                });
    }
}
