package io.github.bellhop.server.listen;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Checks that the listen token is sent to our own relay and never to Svix. */
class RelayAddressTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "wss://api.relay.svix.com/api/v1/listen/",
                "wss://API.Relay.Svix.com/api/v1/listen/",
                "wss://api.relay.svix.com./api/v1/listen/",
                "wss://api.relay.svix.com:443/api/v1/listen/",
                "wss://eu.relay.svix.com/api/v1/listen/"
            })
    void sendsNoListenTokenToSvix(String relay) {
        assertThat(RelayAddress.access(URI.create(relay), "secret")).isNull();
        assertThat(RelayAddress.of(URI.create(relay), "c_1")).isEqualTo("https://play.svix.com/in/c_1/");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"wss://hooks.example.com/api/v1/listen/", "wss://svix.com.example.com/", "wss://notsvix.com/"})
    void sendsListenTokenToOtherRelays(String relay) {
        assertThat(RelayAddress.access(URI.create(relay), "secret")).isEqualTo("secret");
        assertThat(RelayAddress.of(URI.create(relay), "c_1")).doesNotContain("play.svix.com");
    }

    @Test
    void sendsNoTokenIfNoneIsSet() {
        assertThat(RelayAddress.access(URI.create("wss://hooks.example.com/"), null))
                .isNull();
    }
}
