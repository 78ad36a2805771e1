package io.github.bellhop.benchmarks.load;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A receiver to measure.
 *
 * @param url   its database; null if it has none
 * @param users its table of users
 * @param inbox its table of messages
 * @param share n, if the receiver gets only every nth message
 */
record Candidate(
        String name,
        String store,
        List<String> command,
        Map<String, String> environment,
        @Nullable String url,
        String users,
        String inbox,
        int share) {
    /** The port that it listens on. */
    int port() {
        return Integer.parseInt(environment.get("BELLHOP_PORT"));
    }
}
