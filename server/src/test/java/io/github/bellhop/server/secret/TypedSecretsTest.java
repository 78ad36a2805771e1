package io.github.bellhop.server.secret;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TypedSecretsTest {
    private static String masked(String argument) {
        return TypedSecrets.masked("Unknown: '" + argument + "'", List.of(argument));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "whsec_c2VjcmV0",
                "https://ann:secret@127.0.0.1/hook",
                "https://ann:p@secret@127.0.0.1/hook",
                "postgres://ann:p/secret@127.0.0.1/db",
                "https://127.0.0.1/hook?key=secret",
                "listen-secret-0e8b5f0a-7c7e-4a36-9a53-e6f6c1d2b3a4",
                "0e8b5f0a-7c7e-4a36-9a53-e6f6c1d2b3a4",
                "aB3-secret9fQ2_xY7-kLm0Pz-W",
                "correcthorse12345secret",
                "abcdefghijklmnopqrstuvwxyzabcdefsecret",
            })
    void masksSecrets(String argument) {
        assertThat(masked(argument)).contains("***").doesNotContain("secret", "7c7e", "c2VjcmV0");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "clerk_billing_subscription_items",
                "clerk_organization_membership_roles",
                "user_3MWHtDdEfEz5gnlUMxYyDv0O0KA",
                "Delivery-2026-11-28-evening.json",
                "captures/2026-11-28/user-created-2.http",
                "https://hooks.example.com:8788/api/webhooks/clerk",
                "organizationInvitation.accepted",
            })
    void keepsWordsAndIds(String argument) {
        assertThat(masked(argument)).contains("'" + argument + "'");
    }
}
