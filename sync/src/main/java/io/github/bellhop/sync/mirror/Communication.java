package io.github.bellhop.sync.mirror;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What may be told of an e-mail or text message. */
final class Communication {
    private Communication() {}

    static Source kind() {
        return new Source.Described(
                "email or sms, by /type",
                (entity, payload) -> payload.get("type") instanceof String type ? EventFamily.of(type) : null);
    }

    /** Clerk writes one-time codes into subjects: digits in a row become asterisks. */
    static Source subject() {
        return Source.computed("subject, codes masked", Communication::subject);
    }

    private static @Nullable Object subject(Map<String, @Nullable Object> entity) {
        if (!entity.containsKey("subject")) {
            return Source.ABSENT;
        }
        return entity.get("subject") instanceof String subject ? masked(subject) : null;
    }

    /** A subject without one-time codes. */
    static String masked(String subject) {
        return subject.replaceAll("\\d{4,}", "***");
    }
}
