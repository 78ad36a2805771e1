package io.github.bellhop.examples.snippets;

import com.svix.Webhook;
import java.net.http.HttpHeaders;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A hand-written webhook handler that uses Svix's library: the starting point of docs/migration.md. */
final class HandWritten {
    private static final JsonMapper JSON = JsonMapper.shared();

    private final String secret;
    final Map<String, String> names = new ConcurrentHashMap<>();

    HandWritten(String secret) {
        this.secret = secret;
    }

    int take(HttpHeaders headers, byte[] body) throws Exception {
        String text = new String(body, StandardCharsets.UTF_8);
        new Webhook(secret).verify(text, headers);

        JsonNode event = JSON.readTree(text);
        JsonNode user = event.path("data");
        switch (event.path("type").asString("")) {
            case "user.created", "user.updated" ->
                names.put(user.path("id").asString(), user.path("first_name").asString());
            case "user.deleted" -> names.remove(user.path("id").asString());
            default -> {}
        }
        return 200;
    }
}
