package io.github.bellhop.address;

import io.github.bellhop.BellhopException;

/** Thrown when a string is not a valid address, address range or address list. */
public final class InvalidAddressException extends BellhopException {
    private static final long serialVersionUID = 1L;

    InvalidAddressException(String text, String reason) {
        super("address-invalid", "'" + shortened(text) + "' is not a usable address or range: " + reason + ".", null);
    }

    private static String shortened(String text) {
        String printable = text.replaceAll("[^\\x20-\\x7E]", "?");
        return printable.length() <= 60 ? printable : printable.substring(0, 60) + "...";
    }
}
