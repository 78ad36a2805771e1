package io.github.bellhop.server.verify;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A delivery as somebody captured it.
 *
 * @param headers in the order in which they came
 * @param body    its exact bytes; not copied
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
     * @param name  as it came; compared without regard to letter case
     * @param value without the spaces around it
     */
    public record Header(String name, String value) {}

    List<String> values(String name) {
        return headers.stream()
                .filter(header -> header.name().equalsIgnoreCase(name))
                .map(Header::value)
                .toList();
    }

    /** The length of the body that the headers name; null if they name none. */
    @Nullable
    Long declaredLength() {
        return values("content-length").stream()
                .filter(value -> value.matches("[0-9]{1,18}"))
                .map(Long::valueOf)
                .findFirst()
                .orElse(null);
    }

    /** The names of the headers alone: values may be personal. */
    @Override
    public String toString() {
        return "CapturedDelivery[headers=" + headers.stream().map(Header::name).toList() + ", body of " + body.length
                + " bytes]";
    }
}
