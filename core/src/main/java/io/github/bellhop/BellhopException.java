package io.github.bellhop;

import org.jspecify.annotations.Nullable;

/**
 * The base of all of Bellhop's exceptions. A message says what went wrong, with which thing, and what to do next; it
 * holds no secret and no part of a payload.
 */
public abstract class BellhopException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** The stable kebab-case name of the fault. */
    private final String code;

    /**
     * Makes one.
     *
     * @param code    the stable kebab-case name of the fault
     * @param message what, which, and what to do next
     * @param cause   what it came from, if anything
     */
    protected BellhopException(String code, String message, @Nullable Throwable cause) {
        super(SettingNames.in(message), cause);
        this.code = code;
    }

    /** The stable kebab-case name of the fault, fit for metrics and for branching. */
    public final String code() {
        return code;
    }
}
