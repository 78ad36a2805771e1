package io.github.bellhop.receiver;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.bellhop.address.AddressList;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/** Tests which addresses the gate admits, over a real connection from the loopback address. */
class SourceGateTest {
    private static final AddressList SVIX = AddressList.of(List.of("198.51.100.7", "2001:db8::/56"));
    private static final AddressList LOOPBACK = AddressList.of(List.of("127.0.0.1"));

    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final AtomicReference<AddressList> allowed = new AtomicReference<>(SVIX);

    private Answer send(AllowlistMode mode, AddressList proxies, UnaryOperator<SignedDelivery> change)
            throws Exception {
        ClientAddress client = new ClientAddress(proxies, ClientAddress.X_FORWARDED_FOR);
        try (TestReceiver receiver = TestReceiver.start(new SourceGate(mode, client, allowed::get, registry))) {
            Answer answer = receiver.send(change.apply(SignedDelivery.valid()));
            assertThat(receiver.intake().messages()).hasSize(answer.status() == 200 ? 1 : 0);
            return answer;
        }
    }

    private double foreign(AllowlistMode mode) {
        Counter counter = registry.find("bellhop.source.foreign")
                .tag("mode", mode == AllowlistMode.ENFORCE ? "enforce" : "observe")
                .counter();
        return counter == null ? 0 : counter.count();
    }

    @Test
    void refusesOtherAddressesWhenEnforcing() throws Exception {
        Answer answer = send(AllowlistMode.ENFORCE, AddressList.of(List.of()), it -> it);
        assertThat(answer.status()).isEqualTo(403);
        assertThat(answer.reason()).isEqualTo("source-not-allowed");
        assertThat(foreign(AllowlistMode.ENFORCE)).isEqualTo(1);
    }

    @Test
    void countsOtherAddressesWhenObserving() throws Exception {
        assertThat(send(AllowlistMode.OBSERVE, AddressList.of(List.of()), it -> it)
                        .status())
                .isEqualTo(200);
        assertThat(foreign(AllowlistMode.OBSERVE)).isEqualTo(1);
    }

    @Test
    void checksNothingWhenOff() throws Exception {
        assertThat(send(AllowlistMode.OFF, AddressList.of(List.of()), it -> it).status())
                .isEqualTo(200);
        assertThat(registry.find("bellhop.source.foreign").counters()).isEmpty();
    }

    @Test
    void admitsAllowedAddress() throws Exception {
        for (AllowlistMode mode : AllowlistMode.values()) {
            assertThat(send(mode, LOOPBACK, it -> it.header("X-Forwarded-For", "198.51.100.7"))
                            .status())
                    .isEqualTo(200);
        }
        assertThat(registry.find("bellhop.source.foreign").counters()).isEmpty();
    }

    @Test
    void ignoresForgedHeaderOfUntrustedPeer() throws Exception {
        UnaryOperator<SignedDelivery> forged = it -> it.header("X-Forwarded-For", "198.51.100.7")
                .header("X-Real-IP", "198.51.100.7")
                .header("Forwarded", "for=198.51.100.7");
        assertThat(send(AllowlistMode.ENFORCE, AddressList.of(List.of()), forged)
                        .status())
                .isEqualTo(403);
    }

    @Test
    void ignoresForgedHeaderBeforeProxyHeader() throws Exception {
        assertThat(send(AllowlistMode.ENFORCE, LOOPBACK, it -> it.header("X-Forwarded-For", "198.51.100.7, 192.0.2.66"))
                        .status())
                .isEqualTo(403);
        assertThat(send(
                                AllowlistMode.ENFORCE,
                                LOOPBACK,
                                it -> it.header("X-Forwarded-For", "198.51.100.7")
                                        .header("X-Forwarded-For", "192.0.2.66"))
                        .status())
                .isEqualTo(403);
    }

    @Test
    void refusesUnusableAddress() throws Exception {
        UnaryOperator<SignedDelivery> unusable = it -> it.header("X-Forwarded-For", "unknown");
        assertThat(send(AllowlistMode.ENFORCE, LOOPBACK, unusable).status()).isEqualTo(403);
        assertThat(send(AllowlistMode.OBSERVE, LOOPBACK, unusable).status()).isEqualTo(200);
        assertThat(foreign(AllowlistMode.ENFORCE)).isEqualTo(1);
        assertThat(foreign(AllowlistMode.OBSERVE)).isEqualTo(1);
    }

    @Test
    void usesCurrentList() throws Exception {
        allowed.set(LOOPBACK);
        assertThat(send(AllowlistMode.ENFORCE, AddressList.of(List.of()), it -> it)
                        .status())
                .isEqualTo(200);
    }
}
