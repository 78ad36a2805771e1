package io.github.bellhop.server.command;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;

/** Keeps what libraries log out of a command's output until it is closed. Concerns the whole process. */
final class SilentLog implements AutoCloseable {
    private final @Nullable Logger root;
    private final @Nullable Level before;

    private SilentLog(@Nullable Logger root) {
        this.root = root;
        this.before = root == null ? null : root.getLevel();
    }

    /** Silence from now on. */
    static SilentLog begin() {
        SilentLog silence = new SilentLog(
                LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME) instanceof Logger logger ? logger : null);
        if (silence.root != null) {
            silence.root.setLevel(Level.OFF);
        }
        return silence;
    }

    /** The log is as it was before. */
    @Override
    public void close() {
        if (root != null) {
            root.setLevel(before);
        }
    }
}
