package io.github.bellhop.event.data;

import io.github.bellhop.event.internal.Printable;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An account at another provider that a user signs in with. Clerk sends Google's and Facebook's accounts with
 * other names than the rest, older payloads with those alone, and webhooks with another id than the Backend API;
 * here all are brought to one form.
 *
 * @param id {@code idn_} in webhooks, {@code eac_} elsewhere: as Clerk sent it
 * @param object such as {@code external_account} or {@code google_account}
 * @param provider such as {@code oauth_github}; told from {@code google_id} and {@code facebook_id} when Clerk
 *     does not say
 * @param providerUserId the provider's own id of the user
 * @param identificationId what names the account in webhooks and API alike ({@code idn_}): {@code
 *     identification_id}, or else {@code id}
 * @param externalAccountId the {@code eac_} id, wherever Clerk put it
 * @param googleId the older spelling of {@code providerUserId}
 * @param facebookId the older spelling of {@code providerUserId}
 * @param approvedScopes separated by spaces
 * @param emailAddressVerified null when the provider does not say
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
    /** Brings the spellings to one, and copies the metadata, which must not be null. */
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

    /** Whether Clerk has verified it; to have an address or a number does not mean that it is verified. */
    public boolean verified() {
        return verification != null && verification.succeeded();
    }

    @Override
    public String toString() {
        return Printable.record("ExternalAccount", id);
    }
}
