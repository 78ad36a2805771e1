package io.github.bellhop.sync.handle;

/**
 * Replaces a handler's exception in the log. It has the same stack trace, and the same message without the data that a
 * database driver quoted in it.
 */
final class RedactedFault extends Exception {
    private static final long serialVersionUID = 1L;

    RedactedFault(String message, StackTraceElement[] trace) {
        super(message);
        setStackTrace(trace);
    }
}
