package io.github.bellhop.event;

import io.github.bellhop.BellhopException;
import org.jspecify.annotations.Nullable;

/** A payload that cannot be read at all. Its message tells the kind of fault and its place, never the payload. */
public final class UnreadablePayloadException extends BellhopException {
    private static final long serialVersionUID = 1L;

    /**
     * Makes one.
     *
     * @param code    the stable kebab-case name of the fault: {@code not-json}, {@code not-a-json-object},
     *                {@code not-utf-8}, {@code byte-order-mark} or {@code nested-too-deep}
     * @param message what is wrong, without any part of the payload
     * @param cause   null, unless the cause's own message is known to hold nothing of the payload
     */
    public UnreadablePayloadException(String code, String message, @Nullable Throwable cause) {
        super(code, message, cause);
    }
}
