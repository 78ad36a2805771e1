package io.github.bellhop.sync.mirror;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Checks Clerk's ids by their format. Ids are never trimmed or completed, because that would be a guess.
 */
final class ClerkIds {
    /** The id prefixes of objects that have no table in the mirror. */
    private static final Set<String> OTHER_KINDS = Set.of("idn_", "eac_", "ins_", "client_", "cplan_", "ema_", "sms_");

    /** Characters that are invisible or look like a space, although Unicode classifies them as letters or symbols. */
    private static final String BLANK = "\u115F\u1160\u2800\u3164\uFFA0\uFFFD";

    /** Greater than the length of every known prefix. */
    private static final int MAX_PREFIX_LENGTH = 16;

    private static final Map<String, Set<String>> KIND_BY_PREFIX = kindByPrefix();

    private ClerkIds() {}

    /** Returns whether every character is visible and the id fits into an index. */
    static boolean isWellFormed(String id) {
        if (id.isEmpty() || id.length() > EntityKey.MAX_ID_LENGTH) {
            return false;
        }
        for (int i = 0; i < id.length(); i += Character.charCount(id.codePointAt(i))) {
            if (!isVisible(id.codePointAt(i))) {
                return false;
            }
        }
        return true;
    }

    private static boolean isVisible(int character) {
        if (character > ' ' && character < 0x7F) {
            return true;
        }
        return switch (Character.getType(character)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.PRIVATE_USE,
                    Character.UNASSIGNED,
                    Character.SPACE_SEPARATOR,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR,
                    Character.NON_SPACING_MARK,
                    Character.ENCLOSING_MARK -> false;
            default -> BLANK.indexOf(character) < 0;
        };
    }

    /**
     * Returns whether the id has the prefix of another kind of entity. Returns false for an unknown prefix, and for a
     * table whose own prefixes are not known for certain.
     */
    static boolean isOfAnotherKind(MirrorTable table, String id) {
        if (table.idPrefixes().isEmpty()) {
            return false;
        }
        Set<String> kind = kind(id);
        return kind != null && !kind.equals(table.idPrefixes());
    }

    /** Returns whether a row of this table may have the id. */
    static boolean isValid(MirrorTable table, String id) {
        return isWellFormed(id) && !isOfAnotherKind(table, id);
    }

    /**
     * Finds the longest prefix that matches the id, and returns all prefixes of its kind; null if no prefix matches.
     */
    private static @Nullable Set<String> kind(String id) {
        for (int end = id.lastIndexOf('_'); end > 0; end = id.lastIndexOf('_', end - 1)) {
            Set<String> kind = end < MAX_PREFIX_LENGTH ? KIND_BY_PREFIX.get(id.substring(0, end + 1)) : null;
            if (kind != null) {
                return kind;
            }
        }
        return null;
    }

    private static Map<String, Set<String>> kindByPrefix() {
        Map<String, Set<String>> kinds = new HashMap<>();
        ClerkTables.ALL.forEach(table -> table.idPrefixes().forEach(prefix -> kinds.put(prefix, table.idPrefixes())));
        OTHER_KINDS.forEach(prefix -> kinds.put(prefix, Set.of(prefix)));
        return Map.copyOf(kinds);
    }
}
