package io.github.bellhop.sync.mirror;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads the element of a user's list whose id is in {@code primary_..._id}. If no element has the id, as in Clerk's
 * test deliveries, the value is null.
 */
final class PrimaryOf {
    private PrimaryOf() {}

    static Source value(String listKey, String thing) {
        return Source.computed(
                "%s[id = primary_%s_id].%s".formatted(listKey, thing, thing),
                user -> find(user, listKey, thing, element -> element.get(thing)));
    }

    static Source verified(String listKey, String thing) {
        return Source.computed(
                "%s[id = primary_%s_id].verification.status = verified".formatted(listKey, thing),
                user -> find(
                        user,
                        listKey,
                        thing,
                        element -> element.get("verification") instanceof Map<?, ?> verification
                                && "verified".equals(verification.get("status"))));
    }

    private interface Reading {
        @Nullable
        Object of(Map<?, ?> element);
    }

    private static @Nullable Object find(
            Map<String, @Nullable Object> user, String listKey, String thing, Reading reading) {
        String idKey = "primary_" + thing + "_id";
        if (!user.containsKey(listKey) || !user.containsKey(idKey)) {
            return Source.ABSENT;
        }
        Object id = user.get(idKey);
        if (id != null && user.get(listKey) instanceof List<?> elements) {
            for (Object element : elements) {
                if (element instanceof Map<?, ?> object && id.equals(object.get("id"))) {
                    return reading.of(object);
                }
            }
        }
        return null;
    }
}
