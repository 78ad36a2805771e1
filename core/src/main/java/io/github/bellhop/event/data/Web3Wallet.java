package io.github.bellhop.event.data;

import io.github.bellhop.event.internal.Printable;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A wallet that a user signs in with.
 *
 * @param web3Wallet the wallet's public address
 */
public record Web3Wallet(
        @Nullable String id,
        @Nullable String web3Wallet,
        @Nullable Verification verification,
        @Nullable Instant createdAt,
        @Nullable Instant updatedAt) {
    /** Returns whether Clerk has verified the wallet. A user may also have unverified wallets. */
    public boolean verified() {
        return verification != null && verification.succeeded();
    }

    @Override
    public String toString() {
        return Printable.record("Web3Wallet", id);
    }
}
