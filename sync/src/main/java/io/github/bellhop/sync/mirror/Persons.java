package io.github.bellhop.sync.mirror;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The people whose data a payload contains, provided that it also contains their ids.
 *
 * @param subject   the user whom the message is about; null if there is no such user
 * @param mentioned another user whose data the message contains, such as the sender of an invitation; null if there is
 *                  no such user
 */
record Persons(@Nullable String subject, @Nullable String mentioned) {
    /** No people. */
    static final Persons NOBODY = new Persons(null, null);

    private static final String USER = "user";

    static Persons of(String family, @Nullable String entityId, Map<String, @Nullable Object> data) {
        String subject = family.equals(USER)
                ? entityId
                : first(
                        id(data.get("user_id")),
                        idIn(data, USER, "id"),
                        idIn(data, "public_user_data", "user_id"),
                        idIn(data, "payer", "user_id"));
        return new Persons(subject, first(idIn(data, "public_inviter_data", "user_id"), id(data.get("inviter_id"))));
    }

    private static @Nullable String idIn(Map<String, @Nullable Object> data, String key, String idKey) {
        return data.get(key) instanceof Map<?, ?> inner ? id(inner.get(idKey)) : null;
    }

    private static @Nullable String id(@Nullable Object value) {
        return value instanceof String text && !text.isEmpty() && text.length() <= EntityKey.MAX_ID_LENGTH
                ? text
                : null;
    }

    private static @Nullable String first(@Nullable String... ids) {
        for (String id : ids) {
            if (id != null) {
                return id;
            }
        }
        return null;
    }
}
