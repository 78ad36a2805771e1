package io.github.bellhop.signature;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** The headers of one delivery. Names are case-insensitive. */
@FunctionalInterface
public interface DeliveryHeaders {
    /**
     * Returns all values of a header, in the order of arrival.
     *
     * @param name the header's name in lower case
     * @return one value per header line; empty if the header is absent
     */
    List<String> values(String name);

    /** Creates headers from a map with several values per name, as HTTP servers and clients provide them. */
    static DeliveryHeaders of(Map<String, ? extends List<String>> headers) {
        return name -> {
            List<String> found = new ArrayList<>(1);
            headers.forEach((key, values) -> {
                // HttpURLConnection keeps the status line under a null key.
                if (key != null && key.equalsIgnoreCase(name) && values != null) {
                    found.addAll(values);
                }
            });
            boolean unused = found.removeIf(Objects::isNull);
            return found;
        };
    }

    /** Creates headers from a map with one value per name. */
    static DeliveryHeaders ofSingle(Map<String, String> headers) {
        return name -> {
            List<String> found = new ArrayList<>(1);
            headers.forEach((key, value) -> {
                if (key != null && key.equalsIgnoreCase(name) && value != null) {
                    found.add(value);
                }
            });
            return found;
        };
    }
}
