package io.github.bellhop.server.feed;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EventFilterTest {
    private static EventFilter filter(String text) {
        return EventFilter.parse(text).orElseThrow();
    }

    @Test
    void matchesByTypeAndByFamily() {
        EventFilter filter = filter(" user.*, session.created ,");
        assertThat(filter.matches("user.created")).isTrue();
        assertThat(filter.matches("session.created")).isTrue();
        assertThat(filter.matches("session.ended")).isFalse();
        assertThat(filter.matches("userGroup.created")).isFalse();
        assertThat(filter.matches("user")).isFalse();
        assertThat(filter.matches(null)).isFalse();
        assertThat(filter.text()).isEqualTo("user.*,session.created");
    }

    @Test
    void emptyListMatchesAllEvents() {
        assertThat(filter("").matches(null)).isTrue();
        assertThat(filter("*").matches("user.created")).isTrue();
        assertThat(filter("user.created,*").text()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "user.",
                ".created",
                "us*r.created",
                "user.*.created",
                "user created",
                "a\nb",
                "user.cr\u00e9ated"
            })
    void rejectsInvalidTypes(String text) {
        assertThat(EventFilter.parse(text)).isEmpty();
    }
}
