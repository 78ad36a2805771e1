package io.github.bellhop.server.doctor;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What a check found. Holds no secret and no personal data.
 *
 * @param level how bad it is
 * @param what  what was found
 * @param why   the cause; null when all is well
 * @param fix  what to do; null when there is nothing to do
 */
public record Finding(
        Level level,
        String what,
        @Nullable String why,
        @Nullable String fix) {
    /** How bad something is. */
    public enum Level {
        /** It is as it should be. */
        OK,
        /** It was not looked at. */
        SKIP,
        /** It works, but not as it should, or not for long. */
        WARN,
        /** It does not work. */
        FAIL;

        /** The word for it. */
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    static Finding ok(String what) {
        return new Finding(Level.OK, what, null, null);
    }

    static Finding skip(String what, @Nullable String fix) {
        return new Finding(Level.SKIP, what, null, fix);
    }

    static Finding warn(String what, String why, String fix) {
        return new Finding(Level.WARN, what, why, fix);
    }

    static Finding fail(String what, String why, String fix) {
        return new Finding(Level.FAIL, what, why, fix);
    }
}
