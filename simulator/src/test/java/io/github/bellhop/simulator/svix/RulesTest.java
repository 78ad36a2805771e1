package io.github.bellhop.simulator.svix;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import java.util.Set;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests invalid values of endpoints, applications and messages, one at a time. */
class RulesTest {
    private final SvixBench bench = new SvixBench();

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ftp://127.0.0.1/",
                "file:///etc/passwd",
                "//127.0.0.1/",
                "/hook",
                "127.0.0.1:8787",
                "http:///hook",
                "http://",
                "javascript:alert(1)",
                "http://a b/",
                ""
            })
    void rejectsUrlsThatAreNotHttp(String url) {
        assertInvalid("url", () -> bench.svix.endpoints().create(bench.app, EndpointSettings.to(url)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://localhost:3000/api/webhooks", "https://127.0.0.1/", "http://u:p@[::1]:80/x?y=z"})
    void acceptsHttpUrls(String url) {
        assertThat(bench.svix
                        .endpoints()
                        .create(bench.app, EndpointSettings.to(url))
                        .settings()
                        .url())
                .isEqualTo(url);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"svix-id", "Svix-Signature", "user-agent", "Content-Type", "host", "x-amz-date", "te", "a b", ""
            })
    void rejectsReservedHeaders(String name) {
        Endpoint endpoint = bench.endpoint();
        assertInvalid(
                "headers",
                () -> bench.svix.endpoints().headers(bench.app, endpoint.id(), Map.of("x-fine", "1", name, "1")));
        assertThat(bench.svix.endpoints().headers(bench.app, endpoint.id())).isEmpty();
    }

    @Test
    void rejectsUnsendableHeaderValues() {
        Endpoint endpoint = bench.endpoint();
        for (String value : new String[] {"a\r\nb: c", "\u00e9", "x".repeat(4097)}) {
            assertInvalid(
                    "headers", () -> bench.svix.endpoints().headers(bench.app, endpoint.id(), Map.of("x-own", value)));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"ep_mine", "a/b", "a b", "", "\u00e9"})
    void rejectsInvalidUids(String uid) {
        assertInvalid(
                "uid", () -> bench.endpoint(EndpointSettings.to(SvixBench.URL).uid(uid)));
    }

    @Test
    void rejectsEmptyOrUnknownFilters() {
        EndpointSettings settings = EndpointSettings.to(SvixBench.URL);
        assertInvalid("eventTypes", () -> bench.endpoint(settings.eventTypes(Set.of())));
        assertInvalid("eventTypes", () -> bench.endpoint(settings.eventTypes(Set.of("user.created", "user.creatd"))));
        assertInvalid("channels", () -> bench.endpoint(settings.channels(Set.of())));
        assertInvalid("channels", () -> bench.endpoint(settings.channels(Set.of("a b"))));
    }

    @Test
    void rejectsADuplicateUid() {
        bench.endpoint(EndpointSettings.to(SvixBench.URL).uid("mine"));
        Endpoint other = bench.endpoint();
        assertStatus(
                409, () -> bench.endpoint(EndpointSettings.to(SvixBench.URL).uid("mine")));
        assertStatus(
                409,
                () -> bench.svix
                        .endpoints()
                        .replace(bench.app, other.id(), other.settings().uid("mine")));
        bench.svix
                .endpoints()
                .replace(bench.app, "mine", EndpointSettings.to(SvixBench.URL).uid("mine"));
        bench.svix.applications().create(Application.Settings.named("x").uid("app"));
        assertStatus(
                409,
                () -> bench.svix
                        .applications()
                        .create(Application.Settings.named("y").uid("app")));
        bench.svix.messages().create(bench.app, NewMessage.of("a", "{}").eventId("e"));
        assertStatus(
                409,
                () -> bench.svix
                        .messages()
                        .create(bench.app, NewMessage.of("a", "{}").eventId("e")));
    }

    @Test
    void rejectsMessagesOverTheLimits() {
        assertStatus(
                413, () -> bench.svix.messages().create(bench.app, NewMessage.of("a", "x".repeat(1024 * 1024 + 1))));
        assertInvalid("eventType", () -> bench.svix.messages().create(bench.app, NewMessage.of("a b", "{}")));
    }

    private static void assertInvalid(String field, ThrowingCallable call) {
        assertThatThrownBy(call).isInstanceOfSatisfying(SvixException.class, refused -> {
            assertThat(refused.status()).isEqualTo(422);
            assertThat(refused.location()).containsExactly("body", field);
        });
    }

    private static void assertStatus(int status, ThrowingCallable call) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        SvixException.class,
                        refused -> assertThat(refused.status()).isEqualTo(status));
    }
}
