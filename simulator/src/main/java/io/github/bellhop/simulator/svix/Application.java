package io.github.bellhop.simulator.svix;

import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A Svix application. Clerk has one per instance.
 *
 * @param id        {@code app_} followed by 27 letters and digits
 * @param settings  the settings from the request
 * @param createdAt when it was created
 * @param updatedAt when it was last changed
 */
public record Application(String id, Settings settings, Instant createdAt, Instant updatedAt) {
    Application changed(Settings other, Instant now) {
        return new Application(id, other, createdAt, now);
    }

    /**
     * The settings of an application.
     *
     * @param name         a display name
     * @param uid          a caller-defined second id; null for none
     * @param throttleRate stored but not enforced; null for none
     * @param metadata     caller-defined strings
     */
    public record Settings(
            String name, @Nullable String uid, @Nullable Integer throttleRate, Map<String, String> metadata) {
        /** Copies the metadata. */
        public Settings {
            metadata = Map.copyOf(metadata);
        }

        /** Settings with only a name. */
        public static Settings named(String name) {
            return new Settings(name, null, null, Map.of());
        }

        /** Returns a copy with this uid; null for none. */
        public Settings uid(@Nullable String other) {
            return new Settings(name, other, throttleRate, metadata);
        }

        /** Returns a copy with this uid, unless the settings already have one. */
        public Settings orUid(String other) {
            return uid == null ? uid(other) : this;
        }
    }
}
