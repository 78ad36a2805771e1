package io.github.bellhop.sync.erase;

import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The receipt of a person's erasure. It contains only ids and numbers.
 *
 * @param userId      the id of the erased user
 * @param requestedAt when the erasure was first requested
 * @param erasedAt    when the last step was done; null while steps remain, which another call can finish
 * @param counts      for each table, the number of rows that were deleted or cleared, summed over all calls. Payloads
 *                    in {@code bellhop_inbox} and mentions in other people's rows are cleared; everything else is
 *                    deleted
 */
public record Erasure(
        String userId, Instant requestedAt, @Nullable Instant erasedAt, Map<String, Long> counts) {
    /** Copies the counts. */
    public Erasure {
        counts = Map.copyOf(counts);
    }
}
