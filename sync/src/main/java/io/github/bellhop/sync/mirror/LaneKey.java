package io.github.bellhop.sync.mirror;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The natural key by which apps identify an entity, used as the name of a lane. The key contains ids in plain text.
 * Everything else is hashed, so that no address remains in a lane after an erasure and no lane is too long for its
 * index.
 */
final class LaneKey {
    private static final int HASHED_BYTES = 16;

    private LaneKey() {}

    /**
     * Returns the key of an entity.
     *
     * @param columns returns the value of a column of the table; null if unknown
     * @return the key; null if the table declares no key, or all of its keys are incomplete
     */
    static @Nullable String of(MirrorTable table, Function<String, @Nullable String> columns) {
        for (List<String> lane : table.lanes()) {
            StringBuilder key = new StringBuilder();
            for (String column : lane) {
                String value = columns.apply(column);
                if (value == null || value.isEmpty()) {
                    key.setLength(0);
                    break;
                }
                key.append(key.isEmpty() ? "" : " ").append(part(table.columns().get(table.indexOf(column)), value));
            }
            if (!key.isEmpty()) {
                return key.length() > EntityKey.MAX_ID_LENGTH ? hashed(key.toString()) : key.toString();
            }
        }
        return null;
    }

    /** Returns the key from an entity's own JSON; null if the table declares no key, or the JSON lacks a part of it. */
    static @Nullable String of(
            MirrorTable table, Map<String, @Nullable Object> entity, Map<String, @Nullable Object> payload) {
        return of(table, column -> {
            Object value = table.columns().get(table.indexOf(column)).source().read(entity, payload);
            MirrorTable parent = table.parents().get(column);
            return value instanceof String text && (parent == null || ClerkIds.isValid(parent, text)) ? text : null;
        });
    }

    private static String part(Column column, String value) {
        return column.isId() && ClerkIds.isWellFormed(value) ? value : hashed(value.toLowerCase(Locale.ROOT));
    }

    private static String hashed(String text) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return "#" + Base64.getUrlEncoder().withoutPadding().encodeToString(Arrays.copyOf(digest, HASHED_BYTES));
        } catch (NoSuchAlgorithmException fault) {
            throw new IllegalStateException("SHA-256 is missing, but every Java platform must support it.", fault);
        }
    }
}
