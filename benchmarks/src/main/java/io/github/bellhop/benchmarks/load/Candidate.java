package io.github.bellhop.benchmarks.load;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What is measured.
 *
 * @param url   its database, null without one
 * @param users its table of users
 * @param inbox its table of messages
 * @param share which part of the messages it gets: one in so many
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
    /** Where it listens. */
    int port() {
        return Integer.parseInt(environment.get("BELLHOP_PORT"));
    }
}
