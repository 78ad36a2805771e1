package io.github.bellhop.receiver;

import io.github.bellhop.signature.SignatureVerifier;
import io.github.bellhop.sync.inbox.Intake;

/**
 * What all deliveries share.
 *
 * @param intake    where messages are made durable
 * @param verifier  proves them
 * @param settings  the limits
 * @param budget    the memory for bodies
 * @param answers   writes the answers
 * @param deadlines ends bodies that come too slowly, and waits for the store
 */
record Reception(
        Intake intake,
        SignatureVerifier verifier,
        ReceiverSettings settings,
        BodyBudget budget,
        Answers answers,
        Deadlines deadlines) {}
