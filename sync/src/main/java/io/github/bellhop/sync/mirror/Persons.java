package io.github.bellhop.sync.mirror;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The people whose data a payload carries, as far as it says so by their ids.
 *
 * @param subject   the user that the message is about; null when it is about none
 * @param mentioned another user of whom it tells something: who sent an invitation; else null
 */
record Persons(@Nullable String subject, @Nullable String mentioned) {
    /** Nobody. */
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
