package io.github.bellhop.signature;

import io.github.bellhop.BellhopException;

/** A text that is no usable signing secret. The message says what is wrong and what to do; it never holds the text. */
public final class InvalidSecretException extends BellhopException {
    private static final long serialVersionUID = 1L;

    /**
     * Makes one.
     *
     * @param code    {@code secret-missing}, {@code secret-empty} or {@code secret-invalid}
     * @param message what is wrong and the mend, without any part of the secret
     */
    public InvalidSecretException(String code, String message) {
        super(code, message, null);
    }
}
