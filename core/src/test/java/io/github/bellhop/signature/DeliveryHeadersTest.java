package io.github.bellhop.signature;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;

class DeliveryHeadersTest {
    @Test
    void findsNamesInAnyCase() {
        DeliveryHeaders headers = DeliveryHeaders.of(Map.of("Svix-Id", List.of("a"), "SVIX-TIMESTAMP", List.of("1")));
        assertThat(headers.values("svix-id")).containsExactly("a");
        assertThat(headers.values("svix-timestamp")).containsExactly("1");
        assertThat(headers.values("svix-signature")).isEmpty();
    }

    @Test
    void findsNamesInAnyCaseInEveryLocale() {
        Locale before = Locale.getDefault();
        try {
            Locale.setDefault(Locale.forLanguageTag("tr"));
            assertThat(DeliveryHeaders.of(Map.of("SVIX-ID", List.of("a"))).values("svix-id"))
                    .containsExactly("a");
        } finally {
            Locale.setDefault(before);
        }
    }

    @Test
    void mergesNamesThatDifferOnlyInCase() {
        Map<String, List<String>> lines = new LinkedHashMap<>();
        lines.put("svix-id", List.of("a", "b"));
        lines.put("Svix-Id", List.of("c"));
        assertThat(DeliveryHeaders.of(lines).values("svix-id")).containsExactly("a", "b", "c");
    }

    @Test
    void ignoresNullKeysAndNullValues() {
        Map<String, List<String>> several = new HashMap<>();
        several.put(null, List.of("HTTP/1.1 200 OK"));
        several.put("svix-timestamp", null);
        several.put("svix-id", List.of("a"));
        assertThat(DeliveryHeaders.of(several).values("svix-id")).containsExactly("a");
        assertThat(DeliveryHeaders.of(several).values("svix-timestamp")).isEmpty();

        Map<String, String> single = new HashMap<>();
        single.put(null, "HTTP/1.1 200 OK");
        single.put("svix-timestamp", null);
        single.put("Svix-Id", "a");
        assertThat(DeliveryHeaders.ofSingle(single).values("svix-id")).containsExactly("a");
        assertThat(DeliveryHeaders.ofSingle(single).values("svix-timestamp")).isEmpty();
    }

    @Test
    void ignoresNullLines() {
        DeliveryHeaders headers = DeliveryHeaders.of(Map.of("svix-id", Arrays.asList(null, "a")));
        assertThat(headers.values("svix-id")).containsExactly("a");
    }
}
