package io.github.bellhop.receiver;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.bellhop.address.AddressList;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Tests that a probe passes the checks of a delivery, gets an answer that describes its sender, and is not stored. */
class ProbeTest {
    private static final AddressList SVIX = AddressList.of(List.of("198.51.100.7"));
    private static final AddressList LOOPBACK = AddressList.of(List.of("127.0.0.1"));

    private static SignedDelivery probe() {
        return SignedDelivery.valid().body(SignedDelivery.json("bellhop.probe"));
    }

    private static SourceGate gate(AddressList proxies, String header) {
        return new SourceGate(
                AllowlistMode.OBSERVE, new ClientAddress(proxies, header), () -> SVIX, new SimpleMeterRegistry());
    }

    private static ProbeAnswer sight(SourceGate gate, SignedDelivery delivery) throws Exception {
        try (TestReceiver receiver = TestReceiver.start(gate)) {
            Answer answer = receiver.send(delivery);
            assertThat(answer.status()).isEqualTo(200);
            assertThat(receiver.intake().messages()).isEmpty();
            assertThat(receiver.counted(200, "probe")).isEqualTo(1);
            assertThat(receiver.budgetUsed()).isZero();
            return ProbeAnswer.read(answer.body().getBytes(UTF_8));
        }
    }

    @Test
    void returnsSenderAddressAndStoresNothing() throws Exception {
        assertThat(sight(gate(AddressList.of(List.of()), "X-Forwarded-For"), probe()))
                .isEqualTo(new ProbeAnswer("observe", "127.0.0.1", "127.0.0.1", false, List.of()));
    }

    @Test
    void returnsAddressFromTrustedProxy() throws Exception {
        SignedDelivery delivery = probe().header("CF-Connecting-IP", "198.51.100.7");
        assertThat(sight(gate(LOOPBACK, "CF-Connecting-IP"), delivery))
                .isEqualTo(new ProbeAnswer("observe", "127.0.0.1", "198.51.100.7", true, List.of("CF-Connecting-IP")));
        assertThat(sight(gate(LOOPBACK, "X-Real-IP"), delivery).address()).isNull();
    }

    @Test
    void refusesProbeForSameReasonsAsDelivery() throws Exception {
        try (TestReceiver receiver = TestReceiver.start()) {
            assertThat(receiver.send(probe().signedWith(SignedDelivery.OTHER_SECRET))
                            .reason())
                    .isEqualTo("no-matching-signature");
            receiver.intake().ready(false);
            assertThat(receiver.send(probe()).reason()).isEqualTo("store-unavailable");
            assertThat(receiver.budgetUsed()).isZero();
        }
    }

    /** Probes must get answers here, because an untrusted proxy is noticed only when the allowlist refuses it. */
    @Test
    void answersOnlyProbesFromRefusedAddress() throws Exception {
        SourceGate enforced = new SourceGate(
                AllowlistMode.ENFORCE,
                new ClientAddress(AddressList.of(List.of()), "X-Forwarded-For"),
                () -> SVIX,
                new SimpleMeterRegistry());
        try (TestReceiver receiver = TestReceiver.start(enforced)) {
            Answer answer = receiver.send(probe().id("msg_probe_1"));
            assertThat(answer.status()).isEqualTo(200);
            assertThat(ProbeAnswer.read(answer.body().getBytes(UTF_8)))
                    .isEqualTo(new ProbeAnswer("enforce", "127.0.0.1", "127.0.0.1", false, List.of()));
            List<SignedDelivery> others = List.of(
                    probe(),
                    SignedDelivery.valid().id("msg_probe_2"),
                    probe().id("msg_probe_3").body("{\"type\":\"bellhop.probe\",\"pad\":\"" + "x".repeat(1000) + "\"}"),
                    SignedDelivery.valid().id("msg_probe_4").body("no json"),
                    probe().id("msg_probe_5").signedWith(SignedDelivery.OTHER_SECRET),
                    probe().id("msg_probe_6").without("svix-signature"));
            for (SignedDelivery other : others) {
                Answer refused = receiver.send(other);
                assertThat(refused.status()).as(other.id()).isEqualTo(403);
                assertThat(refused.reason()).isEqualTo("source-not-allowed");
            }
            assertThat(receiver.intake().messages()).isEmpty();
            assertThat(receiver.budgetUsed()).isZero();
        }
    }

    @Test
    void rejectsOtherAnswers() {
        assertThat(ProbeAnswer.read("{\"result\":\"kept\"}".getBytes(UTF_8))).isNull();
        assertThat(ProbeAnswer.read("<html>".getBytes(UTF_8))).isNull();
        assertThat(ProbeAnswer.read("[]".getBytes(UTF_8))).isNull();
        assertThat(ProbeAnswer.read(new byte[0])).isNull();
    }
}
