package io.github.bellhop.sync.inbox;

import java.util.function.Consumer;

/**
 * Makes verified messages durable before they are acknowledged. An implementation may store them in a database's inbox
 * or append them to a shared log. Safe for concurrent use.
 */
public interface Intake {
    /**
     * Accepts a message and returns at once. The callback is called exactly once, on one of the intake's threads or, if
     * the answer is known immediately, on the caller's. {@link Receipt#KEPT} and {@link Receipt#KNOWN} are given only
     * after the message has become durable. After a crash before the answer, the message may have been stored; its
     * redelivery then changes nothing.
     */
    void submit(IncomingMessage message, Consumer<Receipt> answer);

    /** Returns whether messages can currently be stored, as far as the intake knows. */
    boolean isReady();

    /**
     * Records that a delivery was refused before it became a message. Returns at once.
     *
     * @param reason the receiver's kebab-case name for the reason: one of a fixed set, never text from the sender
     */
    default void refused(String reason) {}

    /** The result for one message. */
    enum Receipt {
        /** The message is durable now. */
        KEPT,
        /** The message was already durable. */
        KNOWN,
        /** The message is not stored because the store is down. The sender must retry. */
        UNAVAILABLE
    }
}
