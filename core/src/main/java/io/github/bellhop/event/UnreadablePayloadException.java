package io.github.bellhop.event;

import io.github.bellhop.BellhopException;
import org.jspecify.annotations.Nullable;

/** A payload cannot be read. The message names the kind of fault and its location, but never contains the payload. */
public final class UnreadablePayloadException extends BellhopException {
    private static final long serialVersionUID = 1L;

    /**
     * Creates an exception.
     *
     * @param code    the stable kebab-case name of the fault: {@code not-json}, {@code not-a-json-object},
     *                {@code not-utf-8}, {@code byte-order-mark} or {@code nested-too-deep}
     * @param message what is wrong, without any part of the payload
     * @param cause   null, unless the cause's own message is known to contain no part of the payload
     */
    public UnreadablePayloadException(String code, String message, @Nullable Throwable cause) {
        super(code, message, cause);
    }
}
