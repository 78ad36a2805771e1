package io.github.bellhop;

import org.jspecify.annotations.Nullable;

/**
 * The base class of Bellhop's exceptions. A message says what went wrong, with which thing, and what to do next. It
 * contains no secret and no part of a payload.
 */
public abstract class BellhopException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** The stable kebab-case name of the fault. */
    private final String code;

    /**
     * Creates an exception.
     *
     * @param code    the stable kebab-case name of the fault
     * @param message what went wrong, with which thing, and what to do next
     * @param cause   the underlying cause; null if there is none
     */
    protected BellhopException(String code, String message, @Nullable Throwable cause) {
        super(SettingNames.in(message), cause);
        this.code = code;
    }

    /** Returns the stable kebab-case name of the fault. Metrics and program logic may rely on it. */
    public final String code() {
        return code;
    }
}
