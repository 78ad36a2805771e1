package io.github.bellhop.receiver;

import io.github.bellhop.sync.inbox.Intake.Receipt;
import java.util.function.Function;

/** What a delivery is answered: acknowledged, or refused. */
sealed interface Outcome permits Outcome.Acknowledged, Refusal {
    /** Calls the function that fits the outcome. */
    <T> T fold(Function<Acknowledged, T> acknowledged, Function<Refusal, T> refused);

    /** The outcome of a message that the intake has answered. */
    static Outcome of(Receipt receipt) {
        return switch (receipt) {
            case KEPT -> Acknowledged.KEPT;
            case KNOWN -> Acknowledged.KNOWN;
            case UNAVAILABLE -> Refusal.STORE_UNAVAILABLE;
        };
    }

    /** Why a delivery is answered 200. */
    enum Acknowledged implements Outcome {
        /** Its message is durable now. */
        KEPT,
        /** Its message was durable before. */
        KNOWN,
        /** It is a signed probe, whose sender is told how it is seen. Nothing is kept. */
        PROBED;

        @Override
        public <T> T fold(Function<Acknowledged, T> acknowledged, Function<Refusal, T> refused) {
            return acknowledged.apply(this);
        }
    }
}
