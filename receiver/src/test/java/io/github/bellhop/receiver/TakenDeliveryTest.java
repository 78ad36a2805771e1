package io.github.bellhop.receiver;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.bellhop.sync.inbox.IncomingMessage;
import io.github.bellhop.sync.inbox.Intake.Receipt;
import java.io.IOException;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.apache.catalina.LifecycleException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Tests that every verified delivery is accepted, however unusual, and reaches the intake byte for byte. */
class TakenDeliveryTest {
    private static TestReceiver receiver;

    @BeforeAll
    static void start() throws LifecycleException {
        receiver = TestReceiver.start();
    }

    @AfterAll
    static void stop() throws LifecycleException {
        receiver.close();
    }

    @BeforeEach
    void reset() {
        receiver.intake().messages().clear();
        receiver.intake().answerWith(Receipt.KEPT);
    }

    static Stream<Arguments> forms() {
        return Stream.of(
                form("as Svix sends it", delivery -> delivery),
                form("unbranded headers", SignedDelivery::unbranded),
                form("header names in capitals", delivery -> delivery.replacing("CONTENT-TYPE", "application/json")),
                form("type in capitals", delivery -> delivery.replacing("Content-Type", "APPLICATION/JSON")),
                form(
                        "type with parameters",
                        delivery -> delivery.replacing("Content-Type", "application/json; charset=utf-8; x=\"y\"")),
                form(
                        "blank before the parameters",
                        delivery -> delivery.replacing("Content-Type", "application/json ;q=1")),
                form("chunked", SignedDelivery::chunked),
                form("HTTP/1.0", delivery -> delivery.version("HTTP/1.0")),
                form("a query", delivery -> delivery.target(SignedDelivery.PATH + "?from=svix")),
                form("a whole URL as target", delivery -> delivery.target("http://localhost" + SignedDelivery.PATH)),
                form("as old as allowed", delivery -> delivery.secondsFromNow(-298)),
                form("as new as allowed", delivery -> delivery.secondsFromNow(298)),
                form("exactly the limit", delivery -> delivery.body(SignedDelivery.jsonOf(TestReceiver.LIMIT))),
                form(
                        "the limit in chunks",
                        delivery -> delivery.body(SignedDelivery.jsonOf(TestReceiver.LIMIT))
                                .chunked()),
                form("no type", delivery -> delivery.body("{\"data\":{\"id\":\"user_1\"}}")),
                form("type a number", delivery -> delivery.body("{\"type\":5,\"data\":{\"id\":\"user_1\"}}")),
                form("unknown type", delivery -> delivery.body(SignedDelivery.json("galaxy.merged"))),
                form("no entity id", delivery -> delivery.body("{\"type\":\"user.created\",\"data\":{}}")),
                form("an empty object", delivery -> delivery.body("{}")),
                form("duplicate keys", delivery -> delivery.body("{\"type\":\"a.b\",\"type\":\"user.created\"}")),
                form("U+0000", delivery -> delivery.body("{\"type\":\"user.created\",\"data\":{\"m\":\"\\u0000\"}}")),
                form(
                        "half a surrogate pair",
                        delivery -> delivery.body("{\"type\":\"user.created\",\"m\":\"\\ud800\"}")),
                form("white space around", delivery -> delivery.body(" \r\n\t{} \n")),
                form(
                        "deep, but not too deep",
                        delivery -> delivery.body("{\"a\":" + "[".repeat(499) + "]".repeat(499) + "}")));
    }

    private static Arguments form(String name, UnaryOperator<SignedDelivery> change) {
        return Arguments.of(name, change);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("forms")
    void acceptsDelivery(String name, UnaryOperator<SignedDelivery> change) throws IOException {
        SignedDelivery delivery = change.apply(SignedDelivery.valid());
        Answer answer = receiver.send(delivery);
        assertThat(answer.status()).as(answer.toString()).isEqualTo(200);
        assertThat(answer.body()).isEqualTo("{\"result\":\"kept\"}");
        assertThat(receiver.intake().messages()).singleElement().satisfies(message -> {
            assertThat(message.messageId()).isEqualTo(delivery.id());
            assertThat(message.payload()).isEqualTo(delivery.body());
        });
    }

    @Test
    void passesEnvelopeToIntake() throws IOException {
        receiver.send(SignedDelivery.valid());
        IncomingMessage message = receiver.intake().messages().get(0);
        assertThat(message.envelope().type()).isEqualTo("user.created");
        assertThat(message.envelope().entityId()).isEqualTo("user_1");
    }

    @Test
    void acknowledgesKnownMessage() throws IOException {
        receiver.intake().answerWith(Receipt.KNOWN);
        Answer answer = receiver.send(SignedDelivery.valid());
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.body()).isEqualTo("{\"result\":\"known\"}");
    }

    @Test
    void countsAnswers() throws IOException {
        double before = receiver.counted(200, "kept");
        receiver.send(SignedDelivery.valid());
        assertThat(receiver.counted(200, "kept")).isEqualTo(before + 1);
    }
}
