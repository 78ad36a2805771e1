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
 * The natural key by which apps know an entity, as the name of a lane. Ids stand in it as they are; everything else is
 * hashed, so that no address is left in a lane when a person is erased, and no lane is too long for its index.
 */
final class LaneKey {
    private static final int HASHED_BYTES = 16;

    private LaneKey() {}

    /**
     * The key of an entity of a table that declares one.
     *
     * @param columns the value of each of the table's columns; null when it is not known
     * @return null when no key of the table is known as a whole
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

    /** The key as an entity's own JSON has it; null when the table declares none, or the JSON lacks a part. */
    static @Nullable String of(
            MirrorTable table, Map<String, @Nullable Object> entity, Map<String, @Nullable Object> payload) {
        return of(table, column -> {
            Object value = table.columns().get(table.indexOf(column)).source().read(entity, payload);
            MirrorTable parent = table.parents().get(column);
            return value instanceof String text && (parent == null || ClerkIds.isFit(parent, text)) ? text : null;
        });
    }

    private static String part(Column column, String value) {
        return column.isId() && ClerkIds.isWellFormed(value) ? value : hashed(value.toLowerCase(Locale.ROOT));
    }

    private static String hashed(String text) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return "#" + Base64.getUrlEncoder().withoutPadding().encodeToString(Arrays.copyOf(digest, HASHED_BYTES));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("Every Java has SHA-256.", impossible);
        }
    }
}
