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
 * Verifies deliveries and parses their events. The body is parsed only after its signature is verified. Created by
 * {@link ClerkWebhooks}.
 *
 * <p>This class does not detect redeliveries. Use {@code event.meta().messageId()} as the key to recognize them.
 *
 * <p>Immutable and safe for concurrent use.
 */
public final class WebhookVerifier {
    private static final String UNREADABLE_HINT =
            "The signature is valid, so the holder of the secret signed exactly these"
                    + " bytes; but Clerk sends one JSON object in UTF-8. Find out which other sender uses this secret.";

    private final SignatureVerifier signatures;

    WebhookVerifier(SignatureVerifier signatures) {
        this.signatures = signatures;
    }

    /**
     * Verifies one delivery and reads its event.
     *
     * @param headers the request's headers
     * @param body    the request's raw body; not modified, and copied into the event
     * @return the event, or the reason for the refusal; an event of an unknown or absent type is an
     *     {@link io.github.bellhop.event.UnknownEvent}
     */
    public WebhookOutcome verify(DeliveryHeaders headers, byte[] body) {
        return signatures
                .verify(headers, body)
                .fold(
                        verified -> read(verified.messageId(), body),
                        rejected -> new WebhookOutcome.Refused(
                                rejected.reason().id(), rejected.reason().hint(), rejected.detail()));
    }

    /** Verifies a delivery whose headers come in a map, as HTTP servers provide them. Names are case-insensitive. */
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
