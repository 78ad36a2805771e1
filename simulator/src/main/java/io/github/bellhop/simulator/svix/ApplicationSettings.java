package io.github.bellhop.simulator.svix;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What an application is told.
 *
 * @param name         for people
 * @param uid          a second id of one's own; null for none
 * @param throttleRate kept and not acted upon; null for none
 * @param metadata     texts of one's own
 */
public record ApplicationSettings(
        String name, @Nullable String uid, @Nullable Integer throttleRate, Map<String, String> metadata) {
    /** Copies the metadata. */
    public ApplicationSettings {
        metadata = Map.copyOf(metadata);
    }

    /** A name and nothing else. */
    public static ApplicationSettings named(String name) {
        return new ApplicationSettings(name, null, null, Map.of());
    }

    /** The same with another second id. */
    public ApplicationSettings uid(@Nullable String other) {
        return new ApplicationSettings(name, other, throttleRate, metadata);
    }
}
