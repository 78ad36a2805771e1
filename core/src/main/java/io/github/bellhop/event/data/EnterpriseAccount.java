package io.github.bellhop.event.data;

import io.github.bellhop.event.internal.Printable;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A user's account at an enterprise's own identity provider.
 *
 * @param protocol the protocol, such as {@code saml} or {@code oauth}
 */
public record EnterpriseAccount(
        @Nullable String id,
        @Nullable String protocol,
        @Nullable String provider,
        @Nullable String providerUserId,
        @Nullable Boolean active,
        @Nullable String emailAddress,
        @Nullable String firstName,
        @Nullable String lastName,
        Map<String, @Nullable Object> publicMetadata,
        @Nullable Verification verification,
        @Nullable String enterpriseConnectionId,
        @Nullable EnterpriseConnection enterpriseConnection,
        @Nullable Instant lastAuthenticatedAt) {
    /** Copies its metadata, which must not be null. */
    public EnterpriseAccount {
        publicMetadata = FreeJson.copyOf(publicMetadata);
    }

    /** Returns whether Clerk has verified the account. A user may also have unverified accounts. */
    public boolean verified() {
        return verification != null && verification.succeeded();
    }

    @Override
    public String toString() {
        return Printable.record("EnterpriseAccount", id);
    }
}
