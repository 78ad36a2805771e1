package io.github.bellhop.receiver;

import io.github.bellhop.signature.SignedHeaders;
import java.util.Optional;
import java.util.function.Function;

/** What the headers of a delivery decide, before a byte of its body is read. */
sealed interface Admission {
    /** Calls the function that fits the decision. */
    <T> T fold(Function<Admitted, T> admitted, Function<Refusal, T> refused);

    /**
     * The body is awaited.
     *
     * @param headers     the signature headers
     * @param unlessProbe the answer to everything but a signed probe; empty when the gate lets every delivery in
     */
    record Admitted(SignedHeaders headers, Optional<Refusal> unlessProbe) implements Admission {
        /** The refusal to answer: a sender that the gate keeps out learns nothing else. */
        Refusal shown(Refusal why) {
            return unlessProbe.orElse(why);
        }

        @Override
        public <T> T fold(Function<Admitted, T> admitted, Function<Refusal, T> refused) {
            return admitted.apply(this);
        }
    }

    /**
     * The body is thrown away.
     *
     * @param why the answer
     */
    record Refused(Refusal why) implements Admission {
        @Override
        public <T> T fold(Function<Admitted, T> admitted, Function<Refusal, T> refused) {
            return refused.apply(why);
        }
    }
}
