package io.github.bellhop.simulator.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import io.github.bellhop.SameOnEveryJdk;
import io.github.bellhop.SharedData;
import io.github.bellhop.event.EventType;
import io.github.bellhop.simulator.fixture.Fixtures;
import io.github.bellhop.simulator.http.ApiJson;
import java.io.IOException;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import tools.jackson.databind.node.ObjectNode;

/** Tests that the judge accepts valid events and answers and rejects invalid ones. */
@SameOnEveryJdk
class SpecificationTest {
    private static final String WEBHOOKS = "data/specs/clerk-webhooks-2025-04-15.yml";
    private static final String BACKEND = "data/specs/clerk-bapi-2026-05-12.yml";

    private final Fixtures fixtures = Fixtures.of(InstantSource.system(), new Random(3));

    private ObjectNode event(String type) {
        return (ObjectNode) ApiJson.read(fixtures.event(type).payload());
    }

    @TestFactory
    Stream<DynamicTest> acceptsEveryFixture() throws IOException {
        return SharedData.tests(
                WEBHOOKS,
                file -> Arrays.stream(EventType.values())
                        .map(EventType::wireName)
                        .map(type -> DynamicTest.dynamicTest(
                                type,
                                () -> assertThatCode(() -> Judge.webhook(type, event(type)))
                                        .doesNotThrowAnyException())));
    }

    @Test
    void rejectsAnEventWithOneWrongValue() {
        Specification specification = Specification.read(SharedData.require(WEBHOOKS));
        assertThat(specification.webhooks()).hasSize(45);
        ObjectNode event = event("organization.created");
        assertThat(specification.webhookViolations("organization.created", event))
                .isEmpty();
        ((ObjectNode) event.path("data")).put("created_at", "today");
        assertThat(specification.webhookViolations("organization.created", event))
                .containsExactly("/data/created_at string found, integer expected");
    }

    @Test
    void rejectsAnAnswerWithoutARequiredProperty() {
        Specification specification = Specification.read(SharedData.require(BACKEND));
        var count =
                specification.operation("GET", Arrays.asList("users", "count")).orElseThrow();
        assertThat(count.path()).as("not the path of a single user").isEqualTo("/users/count");
        ObjectNode body = ApiJson.object().put("object", "total_count").put("total_count", 3);
        assertThat(specification.violations(count, 200, body)).isEmpty();
        assertThat(specification.violations(count, 200, body.without("total_count")))
                .containsExactly(" required property 'total_count' not found");
        assertThat(specification.violations(count, 418, body)).containsExactly("status 418 is not documented");
    }
}
