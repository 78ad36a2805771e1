package io.github.bellhop.sync.erase;

import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The receipt of a person's erasure. It holds ids and numbers only.
 *
 * @param userId      who was erased
 * @param requestedAt when it was asked for first
 * @param erasedAt    when the last step was done; null while steps remain, which the same call finishes
 * @param counts      how many rows of which table were removed, or cleared of what they told: payloads in
 *     {@code bellhop_inbox}, mentions in rows of others; all runs together
 */
public record Erasure(
        String userId, Instant requestedAt, @Nullable Instant erasedAt, Map<String, Long> counts) {
    /** Copies the counts. */
    public Erasure {
        counts = Map.copyOf(counts);
    }
}
