package io.github.bellhop.simulator.svix;

import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An application: for Clerk, one instance.
 *
 * @param id        {@code app_} and 27 letters and digits
 * @param settings  what it was told
 * @param createdAt when it was made
 * @param updatedAt when it was changed last
 */
public record Application(String id, Settings settings, Instant createdAt, Instant updatedAt) {
    Application changed(Settings other, Instant now) {
        return new Application(id, other, createdAt, now);
    }

    /**
     * What an application is told.
     *
     * @param name         for people
     * @param uid          a second id of one's own; null for none
     * @param throttleRate kept and not acted upon; null for none
     * @param metadata     texts of one's own
     */
    public record Settings(
            String name, @Nullable String uid, @Nullable Integer throttleRate, Map<String, String> metadata) {
        /** Copies the metadata. */
        public Settings {
            metadata = Map.copyOf(metadata);
        }

        /** A name and nothing else. */
        public static Settings named(String name) {
            return new Settings(name, null, null, Map.of());
        }

        /** The same with another second id. */
        public Settings uid(@Nullable String other) {
            return new Settings(name, other, throttleRate, metadata);
        }

        /** The same with a second id if it has none. */
        public Settings orUid(String other) {
            return uid == null ? uid(other) : this;
        }
    }
}
