package io.github.bellhop.event.data;

import io.github.bellhop.event.internal.Printable;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A text message that Clerk sends or, if {@code deliveredByClerk} is false, that the app must send. Its text and data
 * contain live codes.
 *
 * @param slug the template, such as {@code verification_code}
 * @param userId null if the recipient is not a user yet
 * @param message secret
 * @param data the template's variables; secret
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
