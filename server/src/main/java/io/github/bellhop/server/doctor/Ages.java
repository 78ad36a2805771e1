package io.github.bellhop.server.doctor;

import java.time.Duration;

/** How long something is ago, in one number and a word. */
final class Ages {
    private Ages() {}

    static String of(Duration age) {
        Duration time = age.abs();
        if (time.toSeconds() < 120) {
            return time.toSeconds() + " seconds";
        }
        if (time.toMinutes() < 120) {
            return time.toMinutes() + " minutes";
        }
        return time.toHours() < 48 ? time.toHours() + " hours" : time.toDays() + " days";
    }
}
