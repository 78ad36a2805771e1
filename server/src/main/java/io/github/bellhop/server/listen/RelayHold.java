package io.github.bellhop.server.listen;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/**
 * The token under which one client takes deliveries, for as long as it can be kept: the address that was entered in the
 * Clerk Dashboard is made of it. For one thread.
 */
final class RelayHold {
    /** A relay that did not notice the break holds the old connection for so long at most, with some to spare. */
    static final Duration LONGEST = Duration.ofMinutes(2);

    private final RelayClient.Tokens tokens;
    private final InstantSource clock;
    private @Nullable String token;
    private @Nullable Instant lostAt;

    RelayHold(RelayClient.Tokens tokens, InstantSource clock) {
        this.tokens = tokens;
        this.clock = clock;
    }

    /** The token; the same until it is renewed, whatever another client in the same folder does. */
    String token() {
        String held = token;
        if (held == null) {
            held = tokens.current();
            token = held;
        }
        return held;
    }

    /** A connection with this token was there and is no more. */
    void lost() {
        lostAt = clock.instant();
    }

    /** Whether who has the token may be this client's own connection, of which the relay does not know that it broke. */
    boolean mayBeOurs() {
        return lostAt != null && clock.instant().isBefore(lostAt.plus(LONGEST));
    }

    void renew() {
        tokens.renew();
        token = null;
        lostAt = null;
    }
}
