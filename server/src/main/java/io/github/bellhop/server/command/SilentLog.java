package io.github.bellhop.server.command;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import org.slf4j.LoggerFactory;

/** Keeps what libraries log out of a command's output. Concerns the whole process. */
final class SilentLog {
    private SilentLog() {}

    /** What is to be done. */
    @FunctionalInterface
    interface Work<T, E extends Exception> {
        T get() throws E;
    }

    /** Does the work in silence; afterwards the log is as it was before. */
    static <T, E extends Exception> T during(Work<T, E> work) throws E {
        if (!(LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME) instanceof Logger root)) {
            return work.get();
        }
        Level before = root.getLevel();
        root.setLevel(Level.OFF);
        try {
            return work.get();
        } finally {
            root.setLevel(before);
        }
    }
}
