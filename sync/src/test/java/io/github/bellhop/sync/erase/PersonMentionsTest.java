package io.github.bellhop.sync.erase;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests that a person is found in a payload in every JSON spelling, and that other people are not. */
class PersonMentionsTest {
    private final PersonMentions people = new PersonMentions(Map.of(
            "user_ann", Set.of("Ann.Lee@Example.com", "+15551234567", "annlee"),
            "user_bob", Set.of("bob@example.com")));

    private Optional<String> in(String payload) {
        return people.in(payload.getBytes(StandardCharsets.UTF_8));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"data\":{\"user_id\":\"user_ann\"}}",
                "{\"data\":{\"user_id\":\"\\u0075ser\\u005fann\"}}",
                "{\"data\":{\"links\":[\"https://example.com/users/user_ann?x=1\"]}}",
                "{\"data\":{\"user_ann\":true}}",
                "{\"data\":{\"email_address\":\"ann.lee@example.com\"}}",
                "{\"data\":{\"email_address\":\"ANN.LEE\\u0040example.COM\"}}",
                "{\"data\":{\"body\":\"To: Ann <ann.lee@example.com>.\"}}",
                "{\"data\":{\"body\":\"Write to ann.lee@example.com.\"}}",
                "{\"data\":{\"url\":\"https://example.com/?to=ann.lee%40example.com&x=1\"}}",
                "{\"data\":{\"nested\":\"{\\\"mail\\\":\\\"ann.lee@example.com\\\"}\"}}",
                "{\"data\":{\"to\":\"sms:+15551234567,\"}}",
                "no JSON at all: ann.lee@example.com"
            })
    void findsIdsAndAddressesInAnyForm(String payload) {
        assertThat(in(payload)).contains("user_ann");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"data\":{\"user_id\":\"user_anna\"}}",
                "{\"data\":{\"user_id\":\"xuser_ann\"}}",
                "{\"data\":{\"user_id\":\"USER-ANN\",\"created_by\":\"user_ann\",\"inviter_id\":\"user_ann\"}}",
                "{\"data\":{\"email_address\":\"x.ann.lee@example.com\"}}",
                "{\"data\":{\"email_address\":\"joann.lee@example.com\"}}",
                "{\"data\":{\"email_address\":\"ann.lee@example.com.au\"}}",
                "{\"data\":{\"first_name\":\"annlee\"}}",
                "{\"data\":{\"phone_number\":\"+155512345678\"}}"
            })
    void doesNotMatchOtherPeople(String payload) {
        assertThat(in(payload)).isEmpty();
    }

    @Test
    void searchesOneMegabyteOfTextInLinearTime() {
        for (String unit : new String[] {"a", "@", "a@", "+", "+1", "%40", "x@y.z ", "_"}) {
            String text = unit.repeat(1_000_000 / unit.length());
            assertThat(in("{\"a\":\"" + text + "\",\"b\":\"bob@example.com\"}")).contains("user_bob");
        }
    }
}
