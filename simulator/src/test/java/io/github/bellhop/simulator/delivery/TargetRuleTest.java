package io.github.bellhop.simulator.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TargetRuleTest {
    private final TargetRule loopback = TargetRule.loopback(List.of());

    @ParameterizedTest
    @CsvSource({
        "http://127.0.0.1:3000/a?b=c, 127.0.0.1",
        "http://127.9.9.9/, 127.9.9.9",
        "http://[::1]:80/x, ::1",
        "http://bob:127.0.0.1@127.0.0.1:3000/a, 127.0.0.1",
        "https://127.0.0.1:3000/, 127.0.0.1"
    })
    void allowsThisMachine(URI url, String address) throws IOException {
        assertThat(loopback.addresses(url)).containsExactly(InetAddress.getByName(address));
    }

    @Test
    void resolvesANameToItsAddresses() throws IOException {
        assertThat(loopback.addresses(URI.create("http://LocalHost:3000/a")))
                .isNotEmpty()
                .allMatch(InetAddress::isLoopbackAddress);
    }

    @Test
    void rejectsANameIfOneOfItsAddressesIsNotAllowed() throws IOException {
        InetAddress[] found = {InetAddress.getByName("127.0.0.1"), InetAddress.getByName("192.0.2.1")};
        assertRefused(loopback.resolvedBy(host -> found), URI.create("http://two.test/"));
    }

    @Test
    void allowsAnUnknownHostForLater() {
        TargetRule unknown = loopback.resolvedBy(host -> {
            throw new UnknownHostException(host);
        });
        URI url = URI.create("http://later.test/");
        assertThat(unknown.allows(url)).isTrue();
        assertThatThrownBy(() -> unknown.addresses(url)).isInstanceOf(UnknownHostException.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://10.0.0.1/",
                "http://192.168.1.1/",
                "http://169.254.169.254/latest/meta-data",
                "http://0.0.0.0/",
                "http://8.8.8.8/",
                "http://[::]/",
                "http://[fe80::1]/",
                "http://[::ffff:10.0.0.1]/",
                "https://8.8.8.8/"
            })
    void rejectsOtherAddresses(URI url) {
        assertRefused(loopback, url);
    }

    @Test
    void allowsTheGivenTargets() throws IOException {
        TargetRule rule = TargetRule.loopback(List.of("10.0.0.0/8", "192.0.2.7", "my-machine.invalid"));
        assertThat(rule.addresses(URI.create("http://10.1.2.3/"))).hasSize(1);
        assertThat(rule.addresses(URI.create("http://192.0.2.7/"))).hasSize(1);
        assertRefused(rule, URI.create("http://192.0.2.8/"));
        assertRefused(rule, URI.create("http://11.0.0.1/"));
    }

    @Test
    void allowsEverythingAnywhere() throws IOException {
        assertThat(TargetRule.anywhere().addresses(URI.create("http://192.0.2.8/")))
                .containsExactly(InetAddress.getByName("192.0.2.8"));
    }

    private static void assertRefused(TargetRule rule, URI url) {
        assertThat(rule.allows(url)).isFalse();
        assertThatThrownBy(() -> rule.addresses(url))
                .isInstanceOf(TargetRule.TargetNotAllowedException.class)
                .hasMessageContaining("requests to this IP range are blocked");
    }
}
