package io.github.bellhop.receiver;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.bellhop.address.AddressList;
import java.net.InetAddress;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ClientAddressTest {
    private static final ClientAddress CHAIN =
            new ClientAddress(AddressList.of(List.of("10.0.0.0/8", "2001:db8:1::/48")), ClientAddress.X_FORWARDED_FOR);
    private static final ClientAddress SINGLE =
            new ClientAddress(AddressList.of(List.of("10.0.0.0/8")), "CF-Connecting-IP");

    private static @Nullable String address(ClientAddress client, String socket, String... lines) {
        InetAddress found = client.of(socket, List.of(lines));
        return found == null ? null : found.getHostAddress();
    }

    @Test
    void usesSocketAddressWithoutProxies() {
        assertThat(address(ClientAddress.DIRECT, "192.0.2.1")).isEqualTo("192.0.2.1");
        assertThat(address(ClientAddress.DIRECT, "127.0.0.1", "192.0.2.9")).isEqualTo("127.0.0.1");
    }

    @Test
    void ignoresHeadersOfUntrustedPeer() {
        assertThat(address(CHAIN, "192.0.2.1", "198.51.100.7")).isEqualTo("192.0.2.1");
        assertThat(address(SINGLE, "192.0.2.1", "198.51.100.7")).isEqualTo("192.0.2.1");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            nullValues = "none",
            value = {
                "198.51.100.7                             | 198.51.100.7",
                "192.0.2.66, 198.51.100.7                 | 198.51.100.7",
                "192.0.2.66, 198.51.100.7, 10.1.1.1       | 198.51.100.7",
                "198.51.100.7,10.1.1.1 , 10.2.2.2         | 198.51.100.7",
                "10.9.9.9, 198.51.100.7, 10.1.1.1         | 198.51.100.7",
                "garbage, 198.51.100.7                    | 198.51.100.7",
                ", 198.51.100.7                           | 198.51.100.7",
                "198.51.100.7, garbage                    | none",
                "198.51.100.7, unknown, 10.1.1.1          | none",
                "198.51.100.7,                            | none",
                "198.51.100.7, , 10.1.1.1                 | none",
                "10.1.1.1, 10.2.2.2                       | none",
                "''                                       | none",
                "localhost                                | none",
                "198.51.100.7:51234                       | 198.51.100.7",
                "198.51.100.7:51234, 10.1.1.1:80          | 198.51.100.7",
                "[2001:db8:2::7]:443                      | 2001:db8:2:0:0:0:0:7",
                "[2001:db8:2::7]                          | 2001:db8:2:0:0:0:0:7",
                "2001:db8:2::7, 2001:db8:1::1             | 2001:db8:2:0:0:0:0:7",
                "::ffff:198.51.100.7, ::ffff:10.1.1.1     | 198.51.100.7",
                "[::ffff:198.51.100.7]:1, 10.1.1.1        | 198.51.100.7",
                "fe80::1%eth0                             | none",
                "0198.51.100.7                            | none",
                "198.51.100                               | none",
                "198.51.100.7:                            | none",
                "198.51.100.7:123456                      | none",
                "\"198.51.100.7\"                         | none",
                "for=198.51.100.7                         | none",
            })
    void readsChainFromRightPastTrustedProxies(String header, @Nullable String expected) {
        assertThat(address(CHAIN, "10.0.0.1", header)).isEqualTo(expected);
    }

    @Test
    void readsSeveralLinesAsOneChain() {
        assertThat(address(CHAIN, "10.0.0.1", "192.0.2.66, 198.51.100.7", "10.1.1.1", "10.2.2.2"))
                .isEqualTo("198.51.100.7");
        assertThat(address(CHAIN, "10.0.0.1", "198.51.100.7", "")).isNull();
    }

    @Test
    void recognizesTrustedPeerInEveryForm() {
        assertThat(address(CHAIN, "::ffff:10.0.0.1", "198.51.100.7")).isEqualTo("198.51.100.7");
        assertThat(address(CHAIN, "2001:db8:1::9", "198.51.100.7")).isEqualTo("198.51.100.7");
        assertThat(address(CHAIN, "fe80:0:0:0:1:2:3:4%eth0", "198.51.100.7")).isEqualTo("fe80:0:0:0:1:2:3:4");
    }

    @Test
    void usesSingleValueOnlyIfSentOnce() {
        assertThat(address(SINGLE, "10.0.0.1", "198.51.100.7")).isEqualTo("198.51.100.7");
        assertThat(address(SINGLE, "10.0.0.1", " 198.51.100.7 ")).isEqualTo("198.51.100.7");
        assertThat(address(SINGLE, "10.0.0.1", "198.51.100.7", "198.51.100.7")).isNull();
        assertThat(address(SINGLE, "10.0.0.1", "198.51.100.7, 198.51.100.7")).isNull();
        assertThat(address(SINGLE, "10.0.0.1")).isNull();
        assertThat(address(SINGLE, "10.0.0.1", "garbage")).isNull();
    }

    @Test
    void returnsNullIfTrustedProxySendsNoAddress() {
        assertThat(address(CHAIN, "10.0.0.1")).isNull();
    }

    @Test
    void readsLongChainOfTrustedProxies() {
        assertThat(address(CHAIN, "10.0.0.1", "198.51.100.7" + ",10.1.1.1".repeat(1500)))
                .isEqualTo("198.51.100.7");
    }
}
