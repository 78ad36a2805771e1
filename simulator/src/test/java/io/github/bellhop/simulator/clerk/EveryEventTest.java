package io.github.bellhop.simulator.clerk;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.bellhop.event.EventParser;
import io.github.bellhop.event.EventType;
import io.github.bellhop.simulator.clerk.Changes.Change;
import io.github.bellhop.simulator.fixture.Fixtures;
import io.github.bellhop.simulator.http.ApiJson;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;

/** For each known event type, there is a change that emits it. The event has the same shape as its fixture. */
class EveryEventTest {
    private final Simulated simulated = new Simulated();

    @Test
    void coversEveryType() {
        assertThat(Changes.all().keySet())
                .containsExactlyInAnyOrder(EventType.values())
                .hasSize(46);
    }

    private EmittedEvent emitted(EventType type) {
        Change change = Objects.requireNonNull(Changes.all().get(type));
        change.action().accept(simulated);
        return simulated.events.events().stream()
                .filter(event -> event.type().equals(type.wireName()))
                .reduce((earlier, later) -> later)
                .orElseThrow();
    }

    @ParameterizedTest
    @EnumSource
    void emitsTheEventForEachChange(EventType type) {
        EmittedEvent event = emitted(type);
        JsonNode payload = ApiJson.read(event.payload());
        assertThat(payload.propertyNames())
                .containsExactly("data", "event_attributes", "instance_id", "object", "timestamp", "type");
        assertThat(payload.path("type").stringValue()).isEqualTo(type.wireName());
        assertThat(payload.path("instance_id").stringValue()).isEqualTo(simulated.instance.id());
        assertThat(payload.at("/data/id").stringValue()).isEqualTo(event.entityId());
        assertThat(payload.path("timestamp").longValue())
                .isBetween(simulated.clock.millis(), simulated.clock.millis() + 10)
                .isGreaterThanOrEqualTo(payload.at("/data/updated_at").asLong(0));
        assertThat(EventParser.parse("msg_1", event.payload())).isInstanceOf(type.eventClass());
    }

    @ParameterizedTest
    @EnumSource
    void hasTheKeysOfTheFixture(EventType type) {
        JsonNode fixture = ApiJson.read(Fixtures.of(simulated.clock, new SplittableRandom(1))
                .event(type)
                .payload());
        TreeSet<String> wanted = Simulated.keys(fixture);
        TreeSet<String> found = Simulated.keys(ApiJson.read(emitted(type).payload()));
        assertThat(found).isEqualTo(wanted);
    }

    @ParameterizedTest
    @EnumSource
    void sortsKeysAlphabetically(EventType type) {
        String payload = new String(emitted(type).payload(), StandardCharsets.UTF_8);
        assertSorted(ApiJson.read(payload));
    }

    private static void assertSorted(JsonNode node) {
        if (node.isObject()) {
            assertThat(List.copyOf(node.propertyNames())).isSorted();
        }
        node.forEach(EveryEventTest::assertSorted);
    }
}
