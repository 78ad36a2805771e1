package io.github.bellhop.server.command;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import org.slf4j.LoggerFactory;

/** Keeps the logs of libraries out of a command's output. It affects the whole process. */
final class SilentLog {
    private SilentLog() {}

    /** The work to do. */
    @FunctionalInterface
    interface Work<T, E extends Exception> {
        T get() throws E;
    }

    /** Does the work with logging turned off, then restores the log level. */
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
