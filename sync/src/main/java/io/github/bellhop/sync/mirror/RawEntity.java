package io.github.bellhop.sync.mirror;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** An entity's own JSON as it may be stored: without secrets, and without private metadata unless asked for. */
final class RawEntity {
    /** Where it stands, for the documentation; the settings decide what {@link #of} leaves out. */
    static final Source SOURCE = Source.computed("the whole entity, without secrets", entity -> entity);

    /** Codes, and what proves that somebody owns a wallet. */
    private static final Set<String> SECRETS = Set.of("backup_codes", "nonce", "otp_code");

    private static final String PRIVATE_METADATA = "private_metadata";
    private static final String VERIFICATION = "verification";

    private RawEntity() {}

    static Map<String, @Nullable Object> of(Map<String, @Nullable Object> entity, boolean privateMetadata) {
        return object("", entity, privateMetadata);
    }

    private static Map<String, @Nullable Object> object(String name, Map<?, ?> object, boolean privateMetadata) {
        Map<String, @Nullable Object> kept = new LinkedHashMap<>();
        object.forEach((key, value) -> {
            String member = (String) key;
            if (!isLeftOut(name, member, privateMetadata)) {
                kept.put(member, value(member, value, privateMetadata));
            }
        });
        return kept;
    }

    static boolean isLeftOut(String object, String key, boolean privateMetadata) {
        return SECRETS.contains(key)
                || (key.equals(PRIVATE_METADATA) && !privateMetadata)
                // The text to be signed by a wallet's owner, and the link that lets an invited person in.
                || (key.equals("message") && object.equals(VERIFICATION))
                || (key.equals("url") && !object.endsWith("metadata"));
    }

    private static @Nullable Object value(String name, @Nullable Object value, boolean privateMetadata) {
        if (value instanceof Map<?, ?> object) {
            return object(name, object, privateMetadata);
        }
        if (value instanceof List<?> array) {
            List<@Nullable Object> kept = new ArrayList<>(array.size());
            array.forEach(element -> kept.add(value(name, element, privateMetadata)));
            return kept;
        }
        return value;
    }
}
