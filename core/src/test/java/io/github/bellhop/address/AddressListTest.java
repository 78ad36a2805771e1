package io.github.bellhop.address;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AddressListTest {
    @Test
    void containsOnlySvixAddresses() {
        assertThat(AddressList.SVIX.size()).isEqualTo(20);
        assertThat(AddressList.SVIX.contains(address("52.215.16.239"))).isTrue();
        assertThat(AddressList.SVIX.contains(address("52.215.16.238"))).isFalse();
        assertThat(AddressList.SVIX.contains(address("2a05:d028:17:8000::1"))).isTrue();
        assertThat(AddressList.SVIX.contains(address("2a05:d028:17:80ff:ffff::1")))
                .isTrue();
        assertThat(AddressList.SVIX.contains(address("2a05:d028:17:8100::1"))).isFalse();
    }

    @Test
    void treatsMappedFormAsIpv4Address() {
        assertThat(AddressList.SVIX.contains(address("::ffff:52.215.16.239"))).isTrue();
        assertThat(AddressList.SVIX.contains(address("::ffff:34d7:10ef"))).isTrue();
        AddressList mapped = AddressList.of(List.of("::ffff:192.0.2.0/120"));
        assertThat(mapped.contains(address("192.0.2.77"))).isTrue();
        assertThat(mapped.contains(address("192.0.3.77"))).isFalse();
    }

    @Test
    void matchesPrefixThatEndsWithinAByte() {
        AddressList list = AddressList.of(List.of("10.32.0.0/11"));
        assertThat(list.contains(address("10.63.255.255"))).isTrue();
        assertThat(list.contains(address("10.64.0.0"))).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "localhost",
                "1.2.3",
                "1.2.3.4.5",
                "01.2.3.4",
                "256.1.1.1",
                "1.2.3.4/33",
                "1.2.3.4/",
                "1.2.3.4/x",
                "1.2.3.4/-1",
                "1.2.3.4/8",
                "::1/129",
                "fe80::1%eth0",
                ":::",
                "g::1",
                "1.2.3.4 ",
                "::ffff:1.2.3.0/95"
            })
    void rejectsTextThatIsNotAnAddressOrRange(String text) {
        assertThatThrownBy(() -> AddressRange.parse(text)).isInstanceOf(InvalidAddressException.class);
    }

    @Test
    void parsesPublishedFormat() {
        AddressList list = AddressList.parseJson(json("{\"us\":[\"192.0.2.1\",\"2001:db8::/56\"],\"eu\":[]}"));
        assertThat(list.size()).isEqualTo(2);
        assertThat(list.contains(address("192.0.2.1"))).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "[]",
                "{}",
                "{\"us\":[]}",
                "{\"us\":\"192.0.2.1\"}",
                "{\"us\":[1]}",
                "{\"us\":[\"nowhere\"]}",
                "{\"us\":[\"192.0.2.1\"],}",
                "{\"us\":[\"192.0.2.1\"]} x",
                "{\"us\":[[\"192.0.2.1\"]]}",
                "{\"us\":[\"0.0.0.0/0\"]}",
                "{\"us\":[\"::/0\"]}",
                "<html>not found</html>"
            })
    void rejectsEmptyTooWideOrMalformedList(String text) {
        assertThatThrownBy(() -> AddressList.parseJson(json(text))).isInstanceOf(InvalidAddressException.class);
    }

    @Test
    void parsesAddressesWithPorts() {
        assertThat(IpLiteral.parseWithPort("192.0.2.1:8443")).isEqualTo(address("192.0.2.1"));
        assertThat(IpLiteral.parseWithPort("[2001:db8::1]:443")).isEqualTo(address("2001:db8::1"));
        assertThat(IpLiteral.parseWithPort("[2001:db8::1]")).isEqualTo(address("2001:db8::1"));
        assertThat(IpLiteral.parseWithPort("2001:db8::1")).isEqualTo(address("2001:db8::1"));
        assertThat(IpLiteral.parseWithPort("192.0.2.1:x")).isNull();
    }

    private static InetAddress address(String text) {
        return Objects.requireNonNull(IpLiteral.parse(text), text);
    }

    private static byte[] json(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
