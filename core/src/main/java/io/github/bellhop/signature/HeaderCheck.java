package io.github.bellhop.signature;

import java.util.function.Function;

/** The result of checking the signature headers before any of the body is read. */
public sealed interface HeaderCheck {
    /** Calls the function that matches the outcome. */
    <T> T fold(Function<SignedHeaders, T> plausible, Function<Verification.Rejected, T> implausible);

    /**
     * The headers are well-formed and recent.
     *
     * @param headers the values of the signature headers
     */
    record Plausible(SignedHeaders headers) implements HeaderCheck {
        @Override
        public <T> T fold(Function<SignedHeaders, T> plausible, Function<Verification.Rejected, T> implausible) {
            return plausible.apply(headers);
        }
    }

    /**
     * No body can make this delivery valid.
     *
     * @param rejected the reason
     */
    record Implausible(Verification.Rejected rejected) implements HeaderCheck {
        @Override
        public <T> T fold(Function<SignedHeaders, T> plausible, Function<Verification.Rejected, T> implausible) {
            return implausible.apply(rejected);
        }
    }
}
