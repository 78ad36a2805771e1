package io.github.bellhop.sync.mirror;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What can be said of Clerk's ids by their looks. An id is never trimmed or completed: that would be a guess.
 */
final class ClerkIds {
    /** What the ids of things begin with that have no table of their own here. */
    private static final Set<String> OTHER_KINDS = Set.of("idn_", "eac_", "ins_", "client_", "cplan_", "ema_", "sms_");

    /** Letters and signs by Unicode's categories that show nothing, or look like a space. */
    private static final String BLANK = "\u115F\u1160\u2800\u3164\uFFA0\uFFFD";

    /** Longer than any prefix is. */
    private static final int LONGEST_PREFIX = 16;

    private static final Map<String, Set<String>> KIND_BY_PREFIX = kindByPrefix();

    private ClerkIds() {}

    /** Whether every character can be seen, and an index can hold them all. */
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
     * Whether an id begins as those of another kind of thing do. An unknown beginning is nobody's, and a table whose
     * own beginning is not certain is not judged.
     */
    static boolean isOfAnotherKind(MirrorTable table, String id) {
        if (table.idPrefixes().isEmpty()) {
            return false;
        }
        Set<String> kind = kind(id);
        return kind != null && !kind.equals(table.idPrefixes());
    }

    /** Whether a row of this table may have the id. */
    static boolean isFit(MirrorTable table, String id) {
        return isWellFormed(id) && !isOfAnotherKind(table, id);
    }

    /** The prefixes of the kind whose prefix is the longest that the id begins with. */
    private static @Nullable Set<String> kind(String id) {
        for (int end = id.lastIndexOf('_'); end > 0; end = id.lastIndexOf('_', end - 1)) {
            Set<String> kind = end < LONGEST_PREFIX ? KIND_BY_PREFIX.get(id.substring(0, end + 1)) : null;
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
