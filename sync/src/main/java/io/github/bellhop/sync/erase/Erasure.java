package io.github.bellhop.sync.erase;

import java.time.Instant;
import java.util.Map;

/**
 * The receipt of a person's erasure. It holds ids and numbers only.
 *
 * @param userId   who was erased
 * @param erasedAt when the last of it was done
 * @param counts   how many rows of which table were removed or, in {@code bellhop_inbox}, had their payload cleared;
 *     all runs together
 */
public record Erasure(String userId, Instant erasedAt, Map<String, Long> counts) {
    /** Copies the counts. */
    public Erasure {
        counts = Map.copyOf(counts);
    }
}
