package io.github.bellhop.event.data;

import io.github.bellhop.event.internal.Printable;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An account at another provider that a user signs in with. Clerk's keys for Google and Facebook accounts differ from
 * those for other providers, and older payloads contain only these special keys. The id in webhooks differs from the id
 * in the Backend API. This record normalizes all these forms.
 *
 * @param id the id as Clerk sent it: {@code idn_} in webhooks, {@code eac_} elsewhere
 * @param object the kind of object, such as {@code external_account} or {@code google_account}
 * @param provider the provider, such as {@code oauth_github}; derived from {@code google_id} or {@code facebook_id} if
 *                 Clerk does not send it
 * @param providerUserId the provider's own id for the user
 * @param identificationId the account's id in both webhooks and the API ({@code idn_}): {@code identification_id} if
 *                         present, otherwise {@code id}
 * @param externalAccountId the {@code eac_} id, from whichever key Clerk used
 * @param googleId the older spelling of {@code providerUserId}
 * @param facebookId the older spelling of {@code providerUserId}
 * @param approvedScopes the scopes, separated by spaces
 * @param emailAddressVerified null if the provider does not report it
 */
public record ExternalAccount(
        @Nullable String id,
        @Nullable String object,
        @Nullable String provider,
        @Nullable String providerUserId,
        @Nullable String identificationId,
        @Nullable String externalAccountId,
        @Nullable String googleId,
        @Nullable String facebookId,
        @Nullable String approvedScopes,
        @Nullable String emailAddress,
        @Nullable Boolean emailAddressVerified,
        @WireName({"first_name", "given_name"}) @Nullable String firstName,
        @WireName({"last_name", "family_name"}) @Nullable String lastName,
        @Nullable String username,
        @Nullable String phoneNumber,

        @WireName({"image_url", "avatar_url", "picture"}) @Nullable
        String imageUrl,

        @Nullable String label,
        Map<String, @Nullable Object> publicMetadata,
        @Nullable Verification verification,
        @Nullable Instant createdAt,
        @Nullable Instant updatedAt) {
    /** Normalizes Clerk's spellings, and copies the metadata, which must not be null. */
    public ExternalAccount {
        publicMetadata = FreeJson.copyOf(publicMetadata);
        if (provider == null && googleId != null) {
            provider = "oauth_google";
        } else if (provider == null && facebookId != null) {
            provider = "oauth_facebook";
        }
        if (providerUserId == null) {
            providerUserId = googleId == null ? facebookId : googleId;
        }
        if (identificationId == null) {
            identificationId = id;
        }
        if (externalAccountId == null && id != null && id.startsWith("eac_")) {
            externalAccountId = id;
        }
    }

    /** Returns whether Clerk has verified the account. A user may also have unverified accounts. */
    public boolean verified() {
        return verification != null && verification.succeeded();
    }

    @Override
    public String toString() {
        return Printable.record("ExternalAccount", id);
    }
}
