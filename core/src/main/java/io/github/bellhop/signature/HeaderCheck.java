package io.github.bellhop.signature;

import java.util.function.Function;

/** What the signature headers alone tell, before a byte of the body is read. */
public sealed interface HeaderCheck {
    /** Calls the function that fits the outcome. */
    <T> T fold(Function<SignedHeaders, T> plausible, Function<Verification.Rejected, T> implausible);

    /**
     * The headers are well-formed and recent.
     *
     * @param headers what they say
     */
    record Plausible(SignedHeaders headers) implements HeaderCheck {
        @Override
        public <T> T fold(Function<SignedHeaders, T> plausible, Function<Verification.Rejected, T> implausible) {
            return plausible.apply(headers);
        }
    }

    /**
     * No body can make this delivery a valid one.
     *
     * @param rejected why
     */
    record Implausible(Verification.Rejected rejected) implements HeaderCheck {
        @Override
        public <T> T fold(Function<SignedHeaders, T> plausible, Function<Verification.Rejected, T> implausible) {
            return implausible.apply(rejected);
        }
    }
}
