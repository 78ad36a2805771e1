package io.github.bellhop.event;

import java.util.Arrays;

/** The exact bytes of a payload. {@code toString()} shows only their number. Immutable. */
public final class RawPayload {
    private final byte[] bytes;

    private RawPayload(byte[] bytes) {
        this.bytes = bytes;
    }

    /** Stores a copy of the bytes. */
    public static RawPayload of(byte[] bytes) {
        return new RawPayload(bytes.clone());
    }

    /** Returns a copy of the bytes. */
    public byte[] bytes() {
        return bytes.clone();
    }

    /** Returns the number of bytes. */
    public int length() {
        return bytes.length;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof RawPayload that && Arrays.equals(bytes, that.bytes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes);
    }

    @Override
    public String toString() {
        return "RawPayload[" + bytes.length + " bytes]";
    }
}
