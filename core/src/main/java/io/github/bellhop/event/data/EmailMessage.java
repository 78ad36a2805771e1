package io.github.bellhop.event.data;

import io.github.bellhop.event.internal.Printable;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An e-mail that Clerk sends or, if {@code deliveredByClerk} is false, that the app must send. Its text and data
 * contain live codes and links.
 *
 * @param slug the template, such as {@code verification_code}
 * @param userId null if the recipient is not a user yet
 * @param fromEmailName the part before the {@code @}
 * @param replyToEmailName the part before the {@code @}
 * @param body HTML; secret
 * @param bodyPlain secret
 * @param data the template's variables, such as {@code otp_code}; secret
 */
public record EmailMessage(
        @Nullable String id,
        @Nullable String slug,
        @Nullable String userId,
        @Nullable String emailAddressId,
        @Nullable String fromEmailName,
        @Nullable String replyToEmailName,
        @Nullable String toEmailAddress,
        @Nullable String subject,
        @Nullable String body,
        @Nullable String bodyPlain,
        @Nullable String status,
        Map<String, @Nullable Object> data,
        @Nullable Boolean deliveredByClerk)
        implements Entity {
    /** Copies its metadata, which must not be null. */
    public EmailMessage {
        data = FreeJson.copyOf(data);
    }

    @Override
    public String toString() {
        return Printable.record("EmailMessage", id);
    }
}
