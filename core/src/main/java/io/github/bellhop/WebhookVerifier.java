package io.github.bellhop;

import io.github.bellhop.event.ClerkEvent;
import io.github.bellhop.event.EventParser;
import io.github.bellhop.event.UnreadablePayloadException;
import io.github.bellhop.signature.DeliveryHeaders;
import io.github.bellhop.signature.SignatureVerifier;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Makes deliveries into events: no byte of a body is parsed before its signature is verified. Made by
 * {@link ClerkWebhooks}.
 *
 * <p>That a message comes again is not noticed here: {@code event.meta().messageId()} is the key to recognise it by.
 *
 * <p>Immutable and safe for concurrent use.
 */
public final class WebhookVerifier {
    private static final String UNREADABLE_HINT =
            "The signature is right, so the holder of the secret signed these very"
                    + " bytes; but Clerk sends one JSON object in UTF-8. Look at what else sends with this secret.";

    private final SignatureVerifier signatures;

    WebhookVerifier(SignatureVerifier signatures) {
        this.signatures = signatures;
    }

    /**
     * Verifies one delivery and reads its event.
     *
     * @param headers the request's headers
     * @param body    the request's body, byte for byte as it came; not changed, and copied into the event
     * @return the event, an {@link io.github.bellhop.event.UnknownEvent} when its type is new or absent; or why there
     *     is none
     */
    public WebhookOutcome verify(DeliveryHeaders headers, byte[] body) {
        return signatures
                .verify(headers, body)
                .fold(
                        verified -> read(verified.messageId(), body),
                        rejected -> new WebhookOutcome.Refused(
                                rejected.reason().id(), rejected.reason().hint(), rejected.detail()));
    }

    /** The same with headers from a map, as HTTP servers hand them out; names are looked up in any case. */
    public WebhookOutcome verify(Map<String, ? extends List<String>> headers, byte[] body) {
        return verify(DeliveryHeaders.of(headers), body);
    }

    private static WebhookOutcome read(String messageId, byte[] body) {
        ClerkEvent event;
        try {
            event = EventParser.parse(messageId, body);
        } catch (UnreadablePayloadException unreadable) {
            return new WebhookOutcome.Refused(
                    unreadable.code(), UNREADABLE_HINT, Objects.requireNonNull(unreadable.getMessage()));
        }
        return new WebhookOutcome.Received(event);
    }
}
