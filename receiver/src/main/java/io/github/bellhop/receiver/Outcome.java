package io.github.bellhop.receiver;

import io.github.bellhop.sync.inbox.Intake.Receipt;
import java.util.function.Function;

/** The outcome of a delivery: acknowledged or refused. */
sealed interface Outcome permits Outcome.Acknowledged, Refusal {
    /** Calls the function that matches the outcome. */
    <T> T fold(Function<Acknowledged, T> acknowledged, Function<Refusal, T> refused);

    /** Returns the outcome for the intake's receipt. */
    static Outcome of(Receipt receipt) {
        return switch (receipt) {
            case KEPT -> Acknowledged.KEPT;
            case KNOWN -> Acknowledged.KNOWN;
            case UNAVAILABLE -> Refusal.STORE_UNAVAILABLE;
        };
    }

    /** The reason why a delivery is answered with 200. */
    enum Acknowledged implements Outcome {
        /** The message is now durable. */
        KEPT,
        /** The message was already durable. */
        KNOWN,
        /** The delivery is a signed probe. The answer describes how the receiver sees the sender; nothing is stored. */
        PROBED;

        @Override
        public <T> T fold(Function<Acknowledged, T> acknowledged, Function<Refusal, T> refused) {
            return acknowledged.apply(this);
        }
    }
}
