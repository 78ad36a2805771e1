package io.github.bellhop.sync.erase;

import io.github.bellhop.event.PayloadJson;
import io.github.bellhop.sync.mirror.ClerkTables;
import io.github.bellhop.sync.mirror.Column;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/**
 * Finds the ids and addresses of people in payloads. Payloads are parsed, so JSON escapes do not matter. Addresses are
 * matched without regard to case. Only whole addresses match: {@code ann@example.com} does not match
 * {@code joann@example.com}. Immutable.
 *
 * <p>The addresses are e-mail addresses and phone numbers. User names are not searched for, because they may be
 * ordinary words.
 */
final class PersonMentions {
    /** The JSON keys of bare user ids, which an erasure keeps. */
    private static final Set<String> BARE_IDS = ClerkTables.ALL.stream()
            .flatMap(table -> table.columns().stream())
            .filter(column -> column.meaning() == Column.Meaning.BARE_ID)
            .map(Column::name)
            .collect(Collectors.toUnmodifiableSet());

    private static final int MAX_LOCAL_PART_LENGTH = 64;
    private static final int MAX_DOMAIN_LENGTH = 256;
    private static final Pattern PHONE_NUMBER = Pattern.compile("\\+[0-9]{7,15}");

    private final Map<String, String> users = new HashMap<>();

    /** Creates a search for these users and their addresses. */
    PersonMentions(Map<String, Set<String>> addressesByUser) {
        addressesByUser.forEach((userId, addresses) -> {
            for (String address : addresses) {
                if (address.indexOf('@') >= 0 || PHONE_NUMBER.matcher(address).matches()) {
                    users.putIfAbsent(address.toLowerCase(Locale.ROOT), userId);
                }
            }
        });
        addressesByUser.keySet().forEach(userId -> users.put(userId, userId));
    }

    /** Returns the first of these people that a payload mentions. */
    Optional<String> in(byte[] payload) {
        try {
            return PayloadJson.read(payload, this::in);
        } catch (JacksonException malformed) {
            return Optional.ofNullable(inText(new String(payload, StandardCharsets.UTF_8)));
        }
    }

    private Optional<String> in(JsonParser parser) {
        for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
            boolean text = token == JsonToken.PROPERTY_NAME
                    || (token == JsonToken.VALUE_STRING && !isBareId(parser.currentName()));
            String found = text ? inText(parser.getString()) : null;
            if (found != null) {
                return Optional.of(found);
            }
        }
        return Optional.empty();
    }

    private static boolean isBareId(@Nullable String key) {
        return key != null && BARE_IDS.contains(key);
    }

    private @Nullable String inText(String text) {
        String found = inWords(text);
        // Addresses in links are percent-encoded.
        return found == null && text.contains("%40")
                ? inWords(text.replace("%40", "@").replace("%2B", "+"))
                : found;
    }

    private @Nullable String inWords(String text) {
        String found = match(text);
        if (found == null) {
            found = byId(text);
        }
        for (int at = text.indexOf('@'); found == null && at >= 0; at = text.indexOf('@', at + 1)) {
            found = byEmailAddress(text, at);
        }
        for (int plus = text.indexOf('+'); found == null && plus >= 0; plus = text.indexOf('+', plus + 1)) {
            found = byPhoneNumber(text, plus);
        }
        return found;
    }

    private @Nullable String match(String candidate) {
        String exact = users.get(candidate);
        return exact != null ? exact : users.get(candidate.toLowerCase(Locale.ROOT));
    }

    private @Nullable String byId(String text) {
        String found = null;
        int begin = 0;
        for (int i = 0; found == null && i <= text.length(); i++) {
            if (i == text.length() || !isIdCharacter(text.charAt(i))) {
                found = i > begin ? users.get(text.substring(begin, i)) : null;
                begin = i + 1;
            }
        }
        return found;
    }

    private @Nullable String byEmailAddress(String text, int at) {
        int end = at + 1;
        while (end < text.length() && isDomainCharacter(text.charAt(end))) {
            end++;
        }
        while (end > at + 1 && !Character.isLetterOrDigit(text.charAt(end - 1))) {
            end--;
        }
        String found = null;
        // Addresses are no longer than this, so the cost of each occurrence is bounded.
        int first = end - at > MAX_DOMAIN_LENGTH ? at : Math.max(0, at - MAX_LOCAL_PART_LENGTH);
        for (int begin = at - 1; found == null && begin >= first && isLocalPartCharacter(text.charAt(begin)); begin--) {
            if (begin == 0 || !isWordCharacter(text.charAt(begin - 1))) {
                found = match(text.substring(begin, end));
            }
        }
        return found;
    }

    private @Nullable String byPhoneNumber(String text, int plus) {
        int end = plus + 1;
        while (end < text.length() && Character.isDigit(text.charAt(end))) {
            end++;
        }
        return end - plus > MAX_DOMAIN_LENGTH ? null : match(text.substring(plus, end));
    }

    private static boolean isIdCharacter(char c) {
        return Character.isLetterOrDigit(c) || c == '_' || c == '-';
    }

    private static boolean isDomainCharacter(char c) {
        return Character.isLetterOrDigit(c) || c == '.' || c == '-';
    }

    /** Returns whether the character is part of a word in an address, so that no address can begin right after it. */
    private static boolean isWordCharacter(char c) {
        return Character.isLetterOrDigit(c) || "._+-".indexOf(c) >= 0;
    }

    private static boolean isLocalPartCharacter(char c) {
        return Character.isLetterOrDigit(c) || "._+-!#$%&'*/=?^`{|}~".indexOf(c) >= 0;
    }
}
