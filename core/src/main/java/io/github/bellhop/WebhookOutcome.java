package io.github.bellhop;

import io.github.bellhop.event.ClerkEvent;
import java.util.function.Function;

/** The outcome of a delivery. A refusal is a value, not an exception, because anybody can send a bad delivery. */
public sealed interface WebhookOutcome {
    /** Calls the function that matches the outcome. */
    <T> T fold(Function<Received, T> received, Function<Refused, T> refused);

    /**
     * Returns the event, or throws if the delivery was refused. Use this when a central handler answers refusals.
     *
     * @throws WebhookRefusedException if the delivery was refused; answer it with status 400
     */
    ClerkEvent orThrow();

    /**
     * The delivery is authentic. Answer with a 2xx status after handling the event.
     *
     * @param event the event
     */
    record Received(ClerkEvent event) implements WebhookOutcome {
        @Override
        public <T> T fold(Function<Received, T> received, Function<Refused, T> refused) {
            return received.apply(this);
        }

        @Override
        public ClerkEvent orThrow() {
            return event;
        }
    }

    /**
     * The delivery failed verification, or its signature is valid but its payload cannot be read. Answer with status
     * 400. No component contains any part of a secret, a header value or the payload, so all of them may be logged and
     * returned to the sender.
     *
     * @param reason the stable kebab-case name of the reason: the id of a
     *               {@link io.github.bellhop.signature.RejectionReason}, or, if the signature is valid, the code of an
     *               {@link io.github.bellhop.event.UnreadablePayloadException}, such as {@code not-json}
     * @param hint   the most likely cause and what to do
     * @param detail the specific problem with this delivery
     */
    record Refused(String reason, String hint, String detail) implements WebhookOutcome {
        @Override
        public <T> T fold(Function<Received, T> received, Function<Refused, T> refused) {
            return refused.apply(this);
        }

        @Override
        public ClerkEvent orThrow() {
            throw new WebhookRefusedException(this);
        }
    }
}
