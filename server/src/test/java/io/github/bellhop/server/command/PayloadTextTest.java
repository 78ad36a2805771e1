package io.github.bellhop.server.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class PayloadMaskTest {
    /** What opens doors is withheld from developers; a screen must not show it either. */
    @Test
    void masksWhatIsWithheldElsewhere() {
        JsonNode shown = PayloadMask.masked("""
                {"type":"user.updated","data":{"id":"user_1","backup_codes":["one"],"private_metadata":{"a":1},
                "web3_wallets":[{"verification":{"nonce":"n","message":"sign this","status":"unverified"}}],
                "url":"https://accounts.example.com/accept?ticket=t","first_name":"Ann"}}
                """.getBytes(StandardCharsets.UTF_8));
        JsonNode data = shown.path("data");
        assertThat(data.path("backup_codes").asString()).isEqualTo(PayloadMask.MASK);
        assertThat(data.path("private_metadata").asString()).isEqualTo(PayloadMask.MASK);
        assertThat(data.path("url").asString()).isEqualTo(PayloadMask.MASK);
        JsonNode verification = data.path("web3_wallets").path(0).path("verification");
        assertThat(verification.path("nonce").asString()).isEqualTo(PayloadMask.MASK);
        assertThat(verification.path("message").asString()).isEqualTo(PayloadMask.MASK);
        assertThat(verification.path("status").asString()).isEqualTo("unverified");
        assertThat(data.path("first_name").asString()).isEqualTo("Ann");
    }
}
