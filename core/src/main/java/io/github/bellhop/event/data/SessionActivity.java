package io.github.bellhop.event.data;

import io.github.bellhop.event.internal.Printable;
import org.jspecify.annotations.Nullable;

/**
 * The location and device of a session's last activity.
 */
public record SessionActivity(
        @Nullable String id,
        @Nullable String deviceType,
        @Nullable Boolean isMobile,
        @Nullable String browserName,
        @Nullable String browserVersion,
        @Nullable String ipAddress,
        @Nullable String city,
        @Nullable String country) {
    @Override
    public String toString() {
        return Printable.record("SessionActivity", id);
    }
}
