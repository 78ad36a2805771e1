package io.github.bellhop.event;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.bellhop.event.data.ExternalAccount;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/** Tests all formats of external accounts that Clerk has sent over the years. */
class ExternalAccountTest {
    @Test
    void readsGoogleAccountWithOldKeys() {
        ExternalAccount account = account("""
                "object": "google_account", "id": "idn_1", "google_id": "108", "approved_scopes": "email openid",
                "email_address": "ada@example.com", "given_name": "Ada", "family_name": "Lovelace",
                "picture": "https://example.com/ada.png", "verification": {"status": "verified"}
                """);

        assertThat(account.provider()).isEqualTo("oauth_google");
        assertThat(account.providerUserId()).isEqualTo("108");
        assertThat(account.identificationId()).isEqualTo("idn_1");
        assertThat(account.externalAccountId()).isNull();
        assertThat(account.firstName()).isEqualTo("Ada");
        assertThat(account.lastName()).isEqualTo("Lovelace");
        assertThat(account.imageUrl()).isEqualTo("https://example.com/ada.png");
        assertThat(account.verified()).isTrue();
    }

    @Test
    void prefersNewKeysToOldOnes() {
        ExternalAccount account = account("""
                "object": "google_account", "id": "idn_1", "identification_id": "idn_1", "external_account_id": "eac_1",
                "provider": "oauth_google", "provider_user_id": "108", "google_id": "107",
                "first_name": "Ada", "given_name": "Augusta", "last_name": "Lovelace", "family_name": "King",
                "picture": "https://example.com/3", "avatar_url": "https://example.com/2", "image_url": "https://example.com/1"
                """);

        assertThat(account.providerUserId()).isEqualTo("108");
        assertThat(account.externalAccountId()).isEqualTo("eac_1");
        assertThat(account.firstName()).isEqualTo("Ada");
        assertThat(account.lastName()).isEqualTo("Lovelace");
        assertThat(account.imageUrl()).isEqualTo("https://example.com/1");
    }

    @Test
    void skipsEmptyValueOfPreferredKey() {
        ExternalAccount account = account("""
                "image_url": "", "avatar_url": "", "picture": "https://example.com/3", "last_name": "", "family_name": null
                """);

        assertThat(account.imageUrl()).isEqualTo("https://example.com/3");
        assertThat(account.lastName()).isEmpty();
    }

    @Test
    void returnsSameIdsForBackendApiAccount() {
        ExternalAccount account =
                account("\"object\": \"external_account\", \"id\": \"eac_1\", \"identification_id\": \"idn_1\"");

        assertThat(account.identificationId()).isEqualTo("idn_1");
        assertThat(account.externalAccountId()).isEqualTo("eac_1");
        assertThat(account.id()).isEqualTo("eac_1");
    }

    @Test
    void readsFacebookAccountAndFailedLink() {
        assertThat(account("\"facebook_id\": \"9\"").provider()).isEqualTo("oauth_facebook");
        assertThat(account("\"facebook_id\": \"9\"").providerUserId()).isEqualTo("9");

        ExternalAccount failed = account("""
                "provider": "oauth_apple", "provider_user_id": "", "email_address": "",
                "verification": {"status": "expired", "error": {"code": "external_account_not_found", "meta": {"a": [1]}}}
                """);
        assertThat(failed.providerUserId()).isNull();
        assertThat(failed.verified()).isFalse();
        assertThat(failed.verification().error().code()).isEqualTo("external_account_not_found");
    }

    private static ExternalAccount account(String members) {
        String payload = "{\"type\": \"user.updated\", \"data\": {\"external_accounts\": [{" + members + "}]}}";
        UserEvent.Updated event =
                (UserEvent.Updated) EventParser.parse("msg_1", payload.getBytes(StandardCharsets.UTF_8));
        return event.data().externalAccounts().get(0);
    }
}
