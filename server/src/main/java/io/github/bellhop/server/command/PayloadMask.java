package io.github.bellhop.server.command;

import io.github.bellhop.sync.mirror.PublicPayload;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * A payload without what a screen that others see should not show: metadata that is private, addresses, and the words
 * and codes of e-mails and text messages.
 */
final class PayloadMask {
    static final String MASK = "***";

    private static final JsonMapper JSON = new JsonMapper();
    private static final JsonNode HIDDEN = JsonNodeFactory.instance.stringNode(MASK);
    private static final Pattern EMAIL = Pattern.compile("[^\\s@<>\"]+@[^\\s@<>\"]+");
    /** Beside what is withheld from developers too. */
    private static final Set<String> PRIVATE = Set.of(
            "unsafe_metadata",
            "email_address",
            "phone_number",
            "to_email_address",
            "to_phone_number",
            "identifier",
            "client_ip",
            "user_agent",
            "token",
            "ticket");
    /** What an e-mail or a text message says, of which the names mean other things elsewhere. */
    private static final Set<String> WORDS = Set.of("body", "body_plain", "subject", "message", "data");

    private PayloadMask() {}

    /** The payload as a tree with masks in it. */
    static JsonNode masked(byte[] payload) {
        JsonNode root = JSON.readTree(payload);
        String type = root.path("type").asString("").toLowerCase(Locale.ROOT);
        mask("", root);
        if ((type.startsWith("email.") || type.startsWith("sms.")) && root.get("data") instanceof ObjectNode words) {
            WORDS.stream().filter(words::has).forEach(name -> words.set(name, HIDDEN));
        }
        return root;
    }

    private static void mask(String name, JsonNode node) {
        if (node instanceof ObjectNode object) {
            for (String key : object.propertyNames().toArray(String[]::new)) {
                JsonNode value = object.get(key);
                boolean hidden = PRIVATE.contains(key) || PublicPayload.isWithheld(name, key);
                if ((hidden && !isNothing(value)) || isAddress(value)) {
                    object.set(key, HIDDEN);
                } else {
                    mask(key, value);
                }
            }
        } else if (node instanceof ArrayNode array) {
            for (int i = 0; i < array.size(); i++) {
                if (isAddress(array.get(i))) {
                    array.set(i, HIDDEN);
                } else {
                    mask(name, array.get(i));
                }
            }
        }
    }

    /** Whether it is there or empty is no secret. */
    private static boolean isNothing(JsonNode value) {
        return value.isNull() || (value.isContainer() && value.isEmpty());
    }

    private static boolean isAddress(JsonNode value) {
        return value.isString() && EMAIL.matcher(value.asString()).find();
    }
}
