package io.github.bellhop.signature;

import java.util.function.Function;

/** The outcome of a verification. A rejection is a value, not an exception, because bad signatures are expected. */
public sealed interface Verification {
    /** Calls the function that matches the outcome. */
    <T> T fold(Function<Verified, T> verified, Function<Rejected, T> rejected);

    /**
     * The delivery is authentic.
     *
     * @param messageId the message's id; use it to recognize redeliveries
     */
    record Verified(String messageId) implements Verification {
        @Override
        public <T> T fold(Function<Verified, T> verified, Function<Rejected, T> rejected) {
            return verified.apply(this);
        }
    }

    /**
     * The delivery failed verification.
     *
     * @param reason the reason for the rejection
     * @param detail the specific problem, such as the names of the missing headers; never a header's value
     */
    record Rejected(RejectionReason reason, String detail) implements Verification {
        @Override
        public <T> T fold(Function<Verified, T> verified, Function<Rejected, T> rejected) {
            return rejected.apply(this);
        }
    }
}
