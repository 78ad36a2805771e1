package io.github.bellhop.server.listen;

import java.util.HashSet;
import java.util.Set;

/**
 * Tells that a source is not there: once until it is there again, however often it is tried. What somebody can mend is
 * told once too, also when the loss was told before. Safe for concurrent use.
 */
final class Losses {
    private final Listening listening;
    private final Set<String> told = new HashSet<>();

    Losses(Listening listening) {
        this.listening = listening;
    }

    /** It went away or does not answer, which may pass by itself. */
    synchronized void broke(String why) {
        if (told.isEmpty()) {
            tell(why);
        }
    }

    /** There is something to know or to do about it. */
    synchronized void tell(String why) {
        if (told.add(why)) {
            listening.lost(why);
        }
    }

    /** It is there again. */
    synchronized void end() {
        told.clear();
    }
}
