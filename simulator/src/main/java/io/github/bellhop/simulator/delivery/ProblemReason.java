package io.github.bellhop.simulator.delivery;

import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Finds the {@code reason} in a problem+json answer. */
public final class ProblemReason {
    private static final JsonMapper MAPPER = new JsonMapper();

    private ProblemReason() {}

    /** The reason; null when the answer is another kind of text. */
    public static @Nullable String in(String answer) {
        if (!answer.startsWith("{")) {
            return null;
        }
        try {
            JsonNode reason = MAPPER.readTree(answer).path("reason");
            return reason.isString() ? reason.stringValue() : null;
        } catch (JacksonException notJson) {
            return null;
        }
    }
}
