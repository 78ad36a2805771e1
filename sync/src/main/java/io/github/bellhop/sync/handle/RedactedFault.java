package io.github.bellhop.sync.handle;

/**
 * Stands in the log for what a handler threw, with the same stack traces and the same message but for what a database
 * driver has quoted in it.
 */
final class RedactedFault extends Exception {
    private static final long serialVersionUID = 1L;

    RedactedFault(String message, StackTraceElement[] trace) {
        super(message);
        setStackTrace(trace);
    }
}
