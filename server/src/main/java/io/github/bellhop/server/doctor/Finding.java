package io.github.bellhop.server.doctor;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * One result of a check. Contains no secret and no personal data.
 *
 * @param level how serious it is
 * @param what  what was found
 * @param why   the cause; null if nothing is wrong
 * @param fix   what to do; null if there is nothing to do
 */
public record Finding(
        Level level,
        String what,
        @Nullable String why,
        @Nullable String fix) {
    /** How serious a finding is. */
    public enum Level {
        /** Nothing is wrong. */
        OK,
        /** It was not checked. */
        SKIP,
        /** It works, but incorrectly or not for much longer. */
        WARN,
        /** It does not work. */
        FAIL;

        /** The level in lower case, as it is printed. */
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
