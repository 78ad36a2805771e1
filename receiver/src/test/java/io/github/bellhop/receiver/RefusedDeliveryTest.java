package io.github.bellhop.receiver;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.bellhop.address.AddressList;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.apache.catalina.LifecycleException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Sends deliveries with one fault each. Tests the answer, and that nothing reaches the intake. */
class RefusedDeliveryTest {
    /** The only allowed address, so that a test can set a different address in a header. */
    private static final String ALLOWED = "192.0.2.7";

    private static TestReceiver receiver;

    private record Fault(String name, int status, String reason, UnaryOperator<SignedDelivery> change) {
        @Override
        public String toString() {
            return name;
        }
    }

    @BeforeAll
    static void start() throws LifecycleException {
        ClientAddress behindProxy = new ClientAddress(AddressList.of(List.of("127.0.0.1")), "X-Real-IP");
        AddressList allowed = AddressList.of(List.of(ALLOWED));
        receiver = TestReceiver.start(
                new SourceGate(AllowlistMode.ENFORCE, behindProxy, () -> allowed, new SimpleMeterRegistry()));
    }

    @AfterAll
    static void stop() throws LifecycleException {
        receiver.close();
    }

    @AfterEach
    void acceptedNothing() throws Exception {
        assertThat(receiver.intake().messages()).isEmpty();
        Eventually.holds(() -> assertThat(receiver.budgetUsed()).isZero());
    }

    private static SignedDelivery valid() {
        return SignedDelivery.valid().header("X-Real-IP", ALLOWED);
    }

    static List<Fault> faults() {
        List<Fault> faults = new ArrayList<>();
        for (String target : List.of(
                "/",
                "/api/webhooks",
                SignedDelivery.PATH + "/",
                "/API/webhooks/clerk",
                "/api//webhooks/clerk",
                "//api/webhooks/clerk",
                "/api/webhooks/%63lerk",
                "/api/webhooks/clerk;x=y",
                "/api/./webhooks/clerk",
                "/api/x/../webhooks/clerk",
                "/health")) {
            faults.add(new Fault("target " + target, 404, "not-found", it -> it.target(target)));
        }
        for (String method : List.of("GET", "PUT", "DELETE", "PATCH", "OPTIONS", "TRACE", "post", "FOO")) {
            faults.add(new Fault("method " + method, 405, "method-not-allowed", it -> it.method(method)));
        }
        faults.add(new Fault("no content type", 415, "unsupported-content-type", it -> it.without("Content-Type")));
        for (String type : List.of(
                "text/plain",
                "application/jsonp",
                "application/json, text/plain",
                "json",
                "application/x-www-form-urlencoded",
                ";",
                "text/json")) {
            faults.add(new Fault(
                    "content type " + type, 415, "unsupported-content-type", it -> it.replacing("Content-Type", type)));
        }
        faults.add(new Fault(
                "one byte over the limit",
                413,
                "body-too-large",
                it -> it.body(SignedDelivery.jsonOf(TestReceiver.LIMIT + 1))));
        faults.add(
                new Fault("foreign address", 403, "source-not-allowed", it -> it.replacing("X-Real-IP", "192.0.2.8")));
        faults.add(new Fault("no address", 403, "source-not-allowed", it -> it.without("X-Real-IP")));
        faults.add(new Fault("two addresses", 403, "source-not-allowed", it -> it.header("X-Real-IP", ALLOWED)));
        for (String name : List.of("id", "timestamp", "signature")) {
            faults.add(new Fault("no " + name, 400, "missing-headers", it -> it.without("svix-" + name)));
            faults.add(new Fault(
                    "no " + name + " (unbranded)",
                    400,
                    "missing-headers",
                    it -> it.unbranded().without("webhook-" + name)));
            faults.add(new Fault("two of " + name, 400, "invalid-headers", it -> it.header("svix-" + name, "1")));
        }
        faults.add(new Fault("id with a dot", 400, "invalid-headers", it -> it.id("msg.1")));
        faults.add(new Fault("id too long", 400, "invalid-headers", it -> it.id("m".repeat(256))));
        faults.add(new Fault(
                "partial branded set with a complete unbranded set",
                400,
                "missing-headers",
                it -> it.unbranded().header("svix-id", "msg_other")));
        faults.add(new Fault("milliseconds", 400, "timestamp-too-new", it -> it.timestamp("1700000000000")));
        faults.add(new Fault("fraction", 400, "timestamp-invalid", it -> it.timestamp("1700000000.5")));
        faults.add(new Fault("stale", 400, "timestamp-too-old", it -> it.secondsFromNow(-310)));
        faults.add(new Fault("future", 400, "timestamp-too-new", it -> it.secondsFromNow(310)));
        faults.add(new Fault(
                "one byte over the limit in chunks",
                413,
                "body-too-large",
                it -> it.body(SignedDelivery.jsonOf(TestReceiver.LIMIT + 1)).chunked()));
        faults.add(new Fault(
                "another secret", 400, "no-matching-signature", it -> it.signedWith(SignedDelivery.OTHER_SECRET)));
        faults.add(new Fault(
                "another secret (unbranded)",
                400,
                "no-matching-signature",
                it -> it.unbranded().signedWith(SignedDelivery.OTHER_SECRET)));
        faults.add(new Fault("empty", 400, "body-empty", it -> it.body("")));
        faults.add(new Fault(
                "empty in chunks", 400, "body-empty", it -> it.body("").chunked()));
        for (String text : List.of(
                "hello", "{", "{\"a\":}", "{'a':1}", "{}x", "{\"a\":1,}", "{\"a\":NaN}", "{\"a\":\"\u0001\"}")) {
            faults.add(new Fault("not JSON: " + text.replace('\u0001', '?'), 400, "not-json", it -> it.body(text)));
        }
        for (String text : List.of("[]", "[{}]", "\"text\"", "5", "null", "true", "{} {}")) {
            faults.add(new Fault("no object: " + text, 400, "not-a-json-object", it -> it.body(text)));
        }
        faults.add(new Fault(
                "nested too deep",
                400,
                "nested-too-deep",
                it -> it.body("{\"a\":" + "[".repeat(25_000) + "]".repeat(25_000) + "}")));
        faults.add(new Fault(
                "nested too deep and never closed",
                400,
                "nested-too-deep",
                it -> it.body("{\"a\":" + "[".repeat(50_000))));
        faults.add(new Fault(
                "invalid UTF-8",
                400,
                "not-utf-8",
                it -> it.body(new byte[] {'{', '"', 'a', '"', ':', '"', (byte) 0xC3, '(', '"', '}'})));
        faults.add(new Fault("byte order mark", 400, "byte-order-mark", it -> it.body("\uFEFF{}")));
        faults.add(new Fault(
                "UTF-16", 400, "not-utf-8", it -> it.body("{}".getBytes(java.nio.charset.StandardCharsets.UTF_16LE))));
        return faults;
    }

    @ParameterizedTest
    @MethodSource("faults")
    void refusesDeliveryWithFault(Fault fault) throws IOException {
        Answer answer = receiver.send(fault.change().apply(valid()));
        assertThat(answer.status()).as(answer.toString()).isEqualTo(fault.status());
        assertThat(answer.reason()).isEqualTo(fault.reason());
        assertThat(answer.header("Content-Type")).startsWith("application/problem+json");
        assertThat(answer.header("Allow")).isEqualTo(fault.status() == 405 ? "POST" : "");
        assertThat(receiver.counted(fault.status(), fault.reason())).isPositive();
    }

    /** Returns one fault for each step, in the order of the steps. */
    static List<Fault> steps() {
        return List.of(
                new Fault("path", 404, "not-found", it -> it.target("/elsewhere")),
                new Fault("method", 405, "method-not-allowed", it -> it.method("PUT")),
                new Fault("type", 415, "unsupported-content-type", it -> it.replacing("Content-Type", "text/plain")),
                new Fault(
                        "declared length",
                        413,
                        "body-too-large",
                        it -> it.body(SignedDelivery.jsonOf(TestReceiver.LIMIT + 1))),
                new Fault("source", 403, "source-not-allowed", it -> it.replacing("X-Real-IP", "192.0.2.8")),
                new Fault("headers", 400, "missing-headers", it -> it.without("svix-id")),
                new Fault("id", 400, "invalid-headers", it -> it.id("msg.1")),
                new Fault("timestamp", 400, "timestamp-too-old", it -> it.secondsFromNow(-400)),
                new Fault(
                        "counted length",
                        413,
                        "body-too-large",
                        it -> it.body(SignedDelivery.jsonOf(TestReceiver.LIMIT + 1))
                                .chunked()),
                new Fault("signature", 400, "no-matching-signature", it -> it.signedWith(SignedDelivery.OTHER_SECRET)),
                new Fault("content", 400, "not-a-json-object", it -> it.body("[]")));
    }

    static Stream<Fault[]> pairs() {
        List<Fault> steps = steps();
        List<Fault[]> pairs = new ArrayList<>();
        for (int first = 0; first < steps.size(); first++) {
            for (int second = first + 1; second < steps.size(); second++) {
                pairs.add(new Fault[] {steps.get(first), steps.get(second)});
            }
        }
        // Two faults that both change the body cannot be combined.
        return pairs.stream().filter(pair -> !(changesBody(pair[0]) && changesBody(pair[1])));
    }

    private static boolean changesBody(Fault fault) {
        return fault.name().contains("length") || fault.name().equals("content");
    }

    @ParameterizedTest(name = "{0} before {1}")
    @MethodSource("pairs")
    void reportsEarlierOfTwoFaults(Fault first, Fault second) throws IOException {
        Answer answer = receiver.send(first.change().apply(second.change().apply(valid())));
        assertThat(answer.status()).isEqualTo(first.status());
        assertThat(answer.reason()).isEqualTo(first.reason());
    }

    @Test
    void refusesHeadWithoutSendingABody() throws IOException {
        try (Connection connection = receiver.connect()) {
            Answer answer = connection.send(valid().method("HEAD")).readWithoutBody();
            assertThat(answer.status()).isEqualTo(405);
            assertThat(answer.header("Allow")).isEqualTo("POST");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"GET", "POST"})
    void refusesRequestWithoutBodyAndLength(String method) throws IOException {
        SignedDelivery delivery =
                valid().method(method).without("Content-Length").body(new byte[0]);
        Answer answer = receiver.send(delivery);
        assertThat(answer.status()).isEqualTo(method.equals("GET") ? 405 : 400);
        assertThat(answer.reason()).isEqualTo(method.equals("GET") ? "method-not-allowed" : "body-empty");
    }

    @Test
    void refusesChangedBody() throws IOException {
        SignedDelivery delivery = valid();
        byte[] bytes = delivery.bytes();
        bytes[bytes.length - 3] ^= 1;
        try (Connection connection = receiver.connect()) {
            assertThat(connection.send(bytes).read().reason()).isEqualTo("no-matching-signature");
        }
    }

    @Test
    void refusesSignatureOfAnotherMessage() throws IOException {
        String text = new String(valid().bytes(), UTF_8);
        String other = text.replaceFirst("svix-id: msg_\\d+", "svix-id: msg_other");
        try (Connection connection = receiver.connect()) {
            assertThat(connection.send(other.getBytes(UTF_8)).read().reason()).isEqualTo("no-matching-signature");
        }
    }
}
