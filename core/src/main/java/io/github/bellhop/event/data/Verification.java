package io.github.bellhop.event.data;

import io.github.bellhop.event.internal.Printable;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The method and status of the verification of an address, a number, an account or a domain.
 *
 * @param object the kind of verification, such as {@code verification_otp}
 * @param status the status, such as {@code unverified}, {@code expired}, {@code failed}; see {@link #succeeded()}
 * @param strategy the method, such as {@code email_code} or {@code from_oauth_google}
 * @param channel the channel through which a code was sent
 * @param verifiedAt only for domains
 * @param verifiedAtClient the id of the client that completed the verification
 */
public record Verification(
        @Nullable String object,
        @Nullable String status,
        @Nullable String strategy,
        @Nullable Long attempts,
        @Nullable String channel,
        @Nullable String nonce,
        @Nullable String message,
        @Nullable String externalVerificationRedirectUrl,
        @Nullable ClerkError error,
        @WireName({"expire_at", "expires_at"}) @Nullable Instant expireAt,
        @Nullable Instant verifiedAt,
        @Nullable String verifiedAtClient) {
    /** Returns whether the verification succeeded. */
    public boolean succeeded() {
        return "verified".equals(status);
    }

    @Override
    public String toString() {
        return Printable.record("Verification");
    }
}
