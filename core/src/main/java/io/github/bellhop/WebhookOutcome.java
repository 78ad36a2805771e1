package io.github.bellhop;

import io.github.bellhop.event.ClerkEvent;
import java.util.function.Function;

/** What became of a delivery: a value, since anybody may send a bad one. */
public sealed interface WebhookOutcome {
    /** Calls the function that fits the outcome. */
    <T> T fold(Function<Received, T> received, Function<Refused, T> refused);

    /**
     * The event, for those who answer a refusal in one place further up.
     *
     * @throws WebhookRefusedException when the delivery was refused; answer it with status 400
     */
    ClerkEvent orThrow();

    /**
     * The delivery is Clerk's, and this is what it says. Answer with a status of 200 to 299 once it is dealt with.
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
     * The delivery was not proven, or is proven and cannot be read. Answer with status 400. No part holds anything of a
     * secret, a header's value or the payload, so all may be logged and sent back.
     *
     * @param reason the stable kebab-case name of the reason: the id of a
     *               {@link io.github.bellhop.signature.RejectionReason}, or for a proven delivery the code of an
     *               {@link io.github.bellhop.event.UnreadablePayloadException}, such as {@code not-json}
     * @param hint   what most likely happened and what to do
     * @param detail what exactly is wrong with this delivery
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
