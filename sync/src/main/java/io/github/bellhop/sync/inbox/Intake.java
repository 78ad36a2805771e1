package io.github.bellhop.sync.inbox;

import java.util.function.Consumer;

/**
 * Where a verified message is made durable before it is acknowledged: append, then answer. The inbox of a database is
 * one kind; a log that several machines share may be another. Safe for concurrent use.
 */
public interface Intake {
    /**
     * Takes a message and returns at once. The answer comes exactly once, on a thread of the intake's own or, when it
     * is known at once, on the caller's: {@link Receipt#KEPT} and {@link Receipt#KNOWN} only after the message is
     * durable. A crash before the answer may have kept the message; that it comes again then changes nothing.
     */
    void submit(IncomingMessage message, Consumer<Receipt> answer);

    /** Whether messages can be kept at present, as far as is known. */
    boolean isReady();

    /**
     * Notes that a delivery was refused before it became a message; returns at once.
     *
     * @param reason the receiver's kebab-case name for why: one of a few, and nothing that the sender wrote
     */
    default void refused(String reason) {}

    /** What became of a message. */
    enum Receipt {
        /** It is durable now. */
        KEPT,
        /** It was durable before. */
        KNOWN,
        /** It is not kept: the store is down. The sender is to come again. */
        UNAVAILABLE
    }
}
