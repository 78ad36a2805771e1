package io.github.bellhop.signature;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

/** The headers of one delivery, looked up without regard to case. */
@FunctionalInterface
public interface DeliveryHeaders {
    /**
     * All values of a header, in the order of their arrival.
     *
     * @param name the header's name in lower case
     * @return one value per header line; empty when the header is absent
     */
    List<String> values(String name);

    /** Headers from a map with several values per name, as HTTP servers and clients hand them out. */
    static DeliveryHeaders of(Map<String, ? extends List<String>> headers) {
        return name -> {
            List<String> found = List.of();
            for (Map.Entry<String, ? extends List<String>> entry : headers.entrySet()) {
                // HttpURLConnection keeps the status line under a null key.
                if (entry.getKey() != null && entry.getKey().equalsIgnoreCase(name) && entry.getValue() != null) {
                    found = found.isEmpty() && isSingle(entry.getValue())
                            ? entry.getValue()
                            : joined(found, entry.getValue());
                }
            }
            return found;
        };
    }

    private static boolean isSingle(List<String> values) {
        return values.size() == 1 && values.get(0) != null;
    }

    private static List<String> joined(List<String> first, List<String> second) {
        return Stream.concat(first.stream(), second.stream())
                .filter(Objects::nonNull)
                .toList();
    }

    /** Headers from a map with one value per name. */
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
