package io.github.bellhop.server.command;

import io.github.bellhop.sync.mirror.PublicPayload;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What of a payload a screen that others see should not show: metadata that is private, addresses, and the words and
 * codes of e-mails and text messages. It is led through the payload from its beginning to its end.
 */
final class PayloadMask {
    static final String MASK = "***";

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

    private final boolean message;

    /** The names that the objects around this place are values of; empty for the payload itself. */
    private final Deque<String> path = new ArrayDeque<>();

    private String name = "";

    /** For a payload of this type; null when untyped. */
    PayloadMask(@Nullable String type) {
        String lower = type == null ? "" : type.toLowerCase(Locale.ROOT);
        message = lower.startsWith("email.") || lower.startsWith("sms.");
    }

    /** An object begins. */
    void enter() {
        path.push(name);
    }

    /** An object ends; the next in the same array is of the same name. */
    void leave() {
        name = path.pop();
    }

    /** Whether the value of the property that comes next is to be masked. */
    boolean hides(String key) {
        String object = String.valueOf(path.peek());
        name = key;
        boolean word = message && path.size() == 2 && object.equals("data") && WORDS.contains(key);
        return word || PRIVATE.contains(key) || PublicPayload.isWithheld(object, key);
    }

    /** Whether a text is to be masked wherever it stands: one with an address in it. */
    boolean hidesText(String value) {
        return EMAIL.matcher(value).find();
    }
}
