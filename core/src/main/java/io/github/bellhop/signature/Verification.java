package io.github.bellhop.signature;

import java.util.function.Function;

/** The outcome of a verification: a value, since a bad signature is an expected thing. */
public sealed interface Verification {
    /** Calls the function that fits the outcome. */
    <T> T fold(Function<Verified, T> verified, Function<Rejected, T> rejected);

    /**
     * The delivery is the sender's.
     *
     * @param messageId the message's id, the key for recognising a redelivery
     */
    record Verified(String messageId) implements Verification {
        @Override
        public <T> T fold(Function<Verified, T> verified, Function<Rejected, T> rejected) {
            return verified.apply(this);
        }
    }

    /**
     * The delivery was not proven.
     *
     * @param reason why
     * @param detail what exactly, such as the names of the missing headers; never a header's value
     */
    record Rejected(RejectionReason reason, String detail) implements Verification {
        @Override
        public <T> T fold(Function<Verified, T> verified, Function<Rejected, T> rejected) {
            return rejected.apply(this);
        }
    }
}
