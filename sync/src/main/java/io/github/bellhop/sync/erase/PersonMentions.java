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
 * Finds in payloads the ids and the addresses of people. Payloads are parsed, so it does not matter how JSON writes
 * them; letters of addresses may be large or small. A name is found as a whole only: {@code ann@example.com} is not in
 * {@code joann@example.com}. Immutable.
 *
 * <p>Only e-mail addresses and phone numbers are looked for: a user name may be anybody's word.
 */
final class PersonMentions {
    /** Keys that hold a user's id and nothing else of a person; ids stay. */
    private static final Set<String> BARE_IDS = ClerkTables.ALL.stream()
            .flatMap(table -> table.columns().stream())
            .filter(column -> column.meaning() == Column.Meaning.BARE_ID)
            .map(Column::name)
            .collect(Collectors.toUnmodifiableSet());

    private static final int MAX_LOCAL_PART_LENGTH = 64;
    private static final int MAX_DOMAIN_LENGTH = 256;
    private static final Pattern PHONE_NUMBER = Pattern.compile("\\+[0-9]{7,15}");

    private final Map<String, String> users = new HashMap<>();

    /** People by their ids, with their addresses. */
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

    /** The first of these people whom a payload mentions. */
    Optional<String> in(byte[] payload) {
        try {
            return PayloadJson.read(payload, this::in);
        } catch (JacksonException broken) {
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
        // In links.
        return found == null && text.contains("%40")
                ? inWords(text.replace("%40", "@").replace("%2B", "+"))
                : found;
    }

    private @Nullable String inWords(String text) {
        String found = known(text);
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

    private @Nullable String known(String candidate) {
        String exact = users.get(candidate);
        return exact != null ? exact : users.get(candidate.toLowerCase(Locale.ROOT));
    }

    private @Nullable String byId(String text) {
        String found = null;
        int begin = 0;
        for (int i = 0; found == null && i <= text.length(); i++) {
            if (i == text.length() || !isOfId(text.charAt(i))) {
                found = i > begin ? users.get(text.substring(begin, i)) : null;
                begin = i + 1;
            }
        }
        return found;
    }

    private @Nullable String byEmailAddress(String text, int at) {
        int end = at + 1;
        while (end < text.length() && isOfDomain(text.charAt(end))) {
            end++;
        }
        while (end > at + 1 && !Character.isLetterOrDigit(text.charAt(end - 1))) {
            end--;
        }
        String found = null;
        // No address is longer, so each place costs the same.
        int first = end - at > MAX_DOMAIN_LENGTH ? at : Math.max(0, at - MAX_LOCAL_PART_LENGTH);
        for (int begin = at - 1; found == null && begin >= first && isOfLocalPart(text.charAt(begin)); begin--) {
            if (begin == 0 || !isOfWord(text.charAt(begin - 1))) {
                found = known(text.substring(begin, end));
            }
        }
        return found;
    }

    private @Nullable String byPhoneNumber(String text, int plus) {
        int end = plus + 1;
        while (end < text.length() && Character.isDigit(text.charAt(end))) {
            end++;
        }
        return end - plus > MAX_DOMAIN_LENGTH ? null : known(text.substring(plus, end));
    }

    private static boolean isOfId(char c) {
        return Character.isLetterOrDigit(c) || c == '_' || c == '-';
    }

    private static boolean isOfDomain(char c) {
        return Character.isLetterOrDigit(c) || c == '.' || c == '-';
    }

    /** What goes on a word of an address, so that no address begins after it. */
    private static boolean isOfWord(char c) {
        return Character.isLetterOrDigit(c) || "._+-".indexOf(c) >= 0;
    }

    private static boolean isOfLocalPart(char c) {
        return Character.isLetterOrDigit(c) || "._+-!#$%&'*/=?^`{|}~".indexOf(c) >= 0;
    }
}
