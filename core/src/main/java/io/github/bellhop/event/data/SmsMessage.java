package io.github.bellhop.event.data;

import io.github.bellhop.event.internal.Printable;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A text message that Clerk sends or, when {@code deliveredByClerk} is false, leaves to the app to send. Its text
 * and data hold live codes.
 *
 * @param slug the template, such as {@code verification_code}
 * @param userId null when the receiver is no user yet
 * @param message secret
 * @param data what the template was filled with; secret
 */
public record SmsMessage(
        @Nullable String id,
        @Nullable String slug,
        @Nullable String userId,
        @Nullable String phoneNumberId,
        @Nullable String fromPhoneNumber,
        @Nullable String toPhoneNumber,
        @Nullable String message,
        @Nullable String status,
        Map<String, @Nullable Object> data,
        @Nullable Boolean deliveredByClerk,
        @WireName({"created_at_ms", "created_at"}) @Nullable Instant createdAt)
        implements Entity {
    /** Copies its metadata, which must not be null. */
    public SmsMessage {
        data = FreeJson.copyOf(data);
    }

    @Override
    public String toString() {
        return Printable.record("SmsMessage", id);
    }
}
