package io.github.bellhop.receiver;

import io.github.bellhop.signature.SignedHeaders;
import java.util.Optional;
import java.util.function.Function;

/** The decision made from a delivery's headers before its body is read. */
sealed interface Admission {
    /** Calls the function that matches the decision. */
    <T> T fold(Function<Admitted, T> admitted, Function<Refusal, T> refused);

    /**
     * The receiver waits for the body.
     *
     * @param headers     the signature headers
     * @param unlessProbe the refusal for everything except a signed probe; empty if the gate admits the sender
     */
    record Admitted(SignedHeaders headers, Optional<Refusal> unlessProbe) implements Admission {
        /** Returns the refusal to send as the answer. A sender that the gate rejects sees only the gate's refusal. */
        Refusal shown(Refusal why) {
            return unlessProbe.orElse(why);
        }

        @Override
        public <T> T fold(Function<Admitted, T> admitted, Function<Refusal, T> refused) {
            return admitted.apply(this);
        }
    }

    /**
     * The receiver discards the body.
     *
     * @param why the refusal to send as the answer
     */
    record Refused(Refusal why) implements Admission {
        @Override
        public <T> T fold(Function<Admitted, T> admitted, Function<Refusal, T> refused) {
            return refused.apply(why);
        }
    }
}
