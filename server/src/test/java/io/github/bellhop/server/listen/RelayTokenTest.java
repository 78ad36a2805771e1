package io.github.bellhop.server.listen;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.bellhop.server.settings.UnusableSettingException;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RelayTokenTest {
    @TempDir
    Path directory;

    private String token(String relay) {
        return new RelayToken(directory, URI.create(relay)).current();
    }

    @Test
    void differsForEachRelay() {
        List<String> relays = List.of(
                "wss://hooks.example.com/api/v1/listen/",
                "wss://hooks.example.com:8443/api/v1/listen/",
                "ws://hooks.example.com:443/api/v1/listen/",
                "wss://hooks.example.com/a/b/api/v1/listen/",
                "wss://hooks.example.com/a_b/api/v1/listen/",
                "wss://hooks.example.com/a-b/api/v1/listen/",
                "wss://hooks.example.com:8443/a/b/api/v1/listen/",
                "wss://hooks.example.com-8443/api/v1/listen/",
                "wss://other.example.com/api/v1/listen/");
        Set<String> tokens = new TreeSet<>();
        relays.forEach(relay -> tokens.add(token(relay)));
        assertThat(tokens).hasSize(relays.size());
        for (String relay : relays) {
            assertThat(token(relay)).isIn(tokens);
        }
    }

    @Test
    void readsAnExistingTokenFile() throws IOException {
        Files.createDirectories(directory.resolve("data"));
        Files.writeString(directory.resolve("data/relay-token-api.relay.svix.com"), "c_Ab3dE6gH9j\n");
        assertThat(token("wss://api.relay.svix.com/api/v1/listen/")).isEqualTo("c_Ab3dE6gH9j");
        assertThat(token("wss://api.relay.svix.com:443/api/v1/listen")).isEqualTo("c_Ab3dE6gH9j");
        assertThat(token("wss://api.relay.svix.com:444/api/v1/listen/")).isNotEqualTo("c_Ab3dE6gH9j");
    }

    @Test
    void rejectsADamagedTokenFile() throws IOException {
        Files.createDirectories(directory.resolve("data"));
        Files.writeString(directory.resolve("data/relay-token-hooks.example.com"), "damaged token\n");
        assertThatThrownBy(() -> token("wss://hooks.example.com/api/v1/listen/"))
                .isInstanceOf(UnusableSettingException.class)
                .hasMessageContaining("relay-token-hooks.example.com is damaged. Delete the file;")
                .hasMessageNotContaining("damaged token");
    }
}
