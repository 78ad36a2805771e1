package io.github.bellhop.server.listen;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/**
 * The token of one client, kept for as long as possible, since the address in the Clerk Dashboard contains it. Not
 * thread-safe.
 */
final class RelayHold {
    /** How long a relay may hold a lost connection before it notices the loss, with a margin. */
    static final Duration MAX_STALE = Duration.ofMinutes(2);

    private final RelayClient.Tokens tokens;
    private final InstantSource clock;
    private @Nullable String token;
    private @Nullable Instant lostAt;

    RelayHold(RelayClient.Tokens tokens, InstantSource clock) {
        this.tokens = tokens;
        this.clock = clock;
    }

    /** Returns the same token until {@link #renew}, even if another client in the same folder renews it. */
    String token() {
        String held = token;
        if (held == null) {
            held = tokens.current();
            token = held;
        }
        return held;
    }

    /** Records that a connection with this token was lost. */
    void lost() {
        lostAt = clock.instant();
    }

    /** Whether the token may be held by this client's own stale connection. */
    boolean mayBeOurs() {
        return lostAt != null && clock.instant().isBefore(lostAt.plus(MAX_STALE));
    }

    void renew() {
        tokens.renew();
        token = null;
        lostAt = null;
    }
}
