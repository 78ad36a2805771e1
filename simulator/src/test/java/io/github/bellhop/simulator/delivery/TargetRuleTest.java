package io.github.bellhop.simulator.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.util.List;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TargetRuleTest {
    private final TargetRule loopback = TargetRule.loopback(List.of());

    @ParameterizedTest
    @CsvSource({
        "http://127.0.0.1:3000/a?b=c, http://127.0.0.1:3000/a?b=c",
        "http://127.9.9.9/, http://127.9.9.9/",
        "http://[::1]:80/x, http://[0:0:0:0:0:0:0:1]:80/x",
        "https://localhost:3000/, https://localhost:3000/"
    })
    void allowsThisMachine(URI url, URI address) {
        assertThat(loopback.addresses(url).join()).containsExactly(address);
    }

    @Test
    void resolvesANameToItsAddress() {
        assertThat(loopback.addresses(URI.create("http://LocalHost:3000/a")).join())
                .isNotEmpty()
                .allMatch(url -> url.toString().equals("http://127.0.0.1:3000/a")
                        || url.toString().equals("http://[0:0:0:0:0:0:0:1]:3000/a"));
    }

    @Test
    void allowsAUrlWithAUser() {
        assertThat(loopback.addresses(URI.create("http://bob:127.0.0.1@127.0.0.1:3000/a"))
                        .join())
                .containsExactly(URI.create("http://bob:127.0.0.1@127.0.0.1:3000/a"));
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
    void allowsTheGivenTargets() {
        TargetRule rule = TargetRule.loopback(List.of("10.0.0.0/8", "192.0.2.7", "my-machine.invalid"));
        assertThat(rule.addresses(URI.create("http://10.1.2.3/")).join()).hasSize(1);
        assertThat(rule.addresses(URI.create("http://192.0.2.7/")).join()).hasSize(1);
        assertRefused(rule, URI.create("http://192.0.2.8/"));
        assertRefused(rule, URI.create("http://11.0.0.1/"));
    }

    @Test
    void skipsLookupIfEverythingIsAllowed() {
        URI url = URI.create("http://nowhere.invalid/");
        assertThat(TargetRule.anywhere().addresses(url).join()).containsExactly(url);
    }

    private static void assertRefused(TargetRule rule, URI url) {
        assertThatThrownBy(() -> rule.addresses(url).join())
                .isInstanceOf(CompletionException.class)
                .hasRootCauseInstanceOf(TargetRule.TargetNotAllowedException.class)
                .hasStackTraceContaining("requests to this IP range are blocked");
    }
}
