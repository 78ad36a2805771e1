package io.github.bellhop.server.verify;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A captured delivery.
 *
 * @param headers the headers in the order of receipt
 * @param body    the exact bytes of the body; not copied
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
public record CapturedDelivery(List<Header> headers, byte[] body) {
    /** Copies the list. */
    public CapturedDelivery {
        headers = List.copyOf(headers);
    }

    /**
     * One header.
     *
     * @param name  the name as captured; case-insensitive in comparisons
     * @param value the value without surrounding spaces
     */
    public record Header(String name, String value) {}

    List<String> values(String name) {
        return headers.stream()
                .filter(header -> header.name().equalsIgnoreCase(name))
                .map(Header::value)
                .toList();
    }

    /** Returns the value of {@code Content-Length}; null if absent. */
    @Nullable
    Long declaredLength() {
        return values("content-length").stream()
                .filter(value -> value.matches("[0-9]{1,18}"))
                .map(Long::valueOf)
                .findFirst()
                .orElse(null);
    }

    /** Contains only the names of the headers, since their values may be personal data. */
    @Override
    public String toString() {
        return "CapturedDelivery[headers=" + headers.stream().map(Header::name).toList() + ", body of " + body.length
                + " bytes]";
    }
}
