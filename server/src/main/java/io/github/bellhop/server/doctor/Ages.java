package io.github.bellhop.server.doctor;

import java.time.Duration;

/** Formats an age as one number and a unit. */
final class Ages {
    private Ages() {}

    static String of(Duration age) {
        Duration length = age.abs();
        if (length.toSeconds() < 120) {
            return length.toSeconds() + " seconds";
        }
        if (length.toMinutes() < 120) {
            return length.toMinutes() + " minutes";
        }
        return length.toHours() < 48 ? length.toHours() + " hours" : length.toDays() + " days";
    }
}
