package io.github.bellhop.signature;

import io.github.bellhop.BellhopException;

/**
 * A string is not a usable signing secret. The message says what is wrong and what to do, but never quotes the string.
 */
public final class InvalidSecretException extends BellhopException {
    private static final long serialVersionUID = 1L;

    /**
     * Creates an exception.
     *
     * @param code    {@code secret-missing}, {@code secret-empty} or {@code secret-invalid}
     * @param message what is wrong and how to fix it, without any part of the secret
     */
    public InvalidSecretException(String code, String message) {
        super(code, message, null);
    }
}
