package io.github.bellhop.simulator.clerk;

import static io.github.bellhop.simulator.clerk.Simulated.id;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.bellhop.simulator.fixture.LinkedAccount;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class ExternalAccountsTest {
    private final Simulated simulated = new Simulated();
    private final ExternalAccounts accounts = simulated.instance.externalAccounts();

    @Test
    void keepsTwoAccountsOfOneUserApart() {
        String user = simulated.user();
        accounts.link(user, LinkedAccount.GOOGLE);
        JsonNode both = accounts.link(user, LinkedAccount.GITHUB).path("external_accounts");
        assertThat(both).hasSize(2);
        for (String key : new String[] {"id", "identification_id", "provider_user_id"}) {
            assertThat(both.get(0).path(key)).as(key).isNotEqualTo(both.get(1).path(key));
        }

        JsonNode left = accounts.unlink(user, id(both.get(1))).path("external_accounts");
        assertThat(left).hasSize(1);
        assertThat(left.get(0).path("provider").stringValue()).isEqualTo("oauth_google");
    }
}
