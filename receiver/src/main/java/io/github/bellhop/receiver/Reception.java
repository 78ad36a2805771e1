package io.github.bellhop.receiver;

import io.github.bellhop.signature.SignatureVerifier;
import io.github.bellhop.sync.Intake;

/**
 * What all deliveries share.
 *
 * @param intake          where messages are made durable
 * @param verifier        proves them
 * @param settings        the limits
 * @param budget          the memory for bodies
 * @param answers         writes the answers
 * @param bodyDeadlines   ends bodies that come too slowly
 * @param answerDeadlines ends waits for the store
 */
record Reception(
        Intake intake,
        SignatureVerifier verifier,
        ReceiverSettings settings,
        BodyBudget budget,
        Answers answers,
        Deadlines bodyDeadlines,
        Deadlines answerDeadlines)
        implements AutoCloseable {
    @Override
    public void close() {
        bodyDeadlines.close();
        answerDeadlines.close();
    }
}
