package io.github.bellhop.receiver;

import io.github.bellhop.signature.SignatureVerifier;
import io.github.bellhop.sync.inbox.Intake;

/**
 * The parts that all deliveries share.
 *
 * @param intake    makes messages durable
 * @param verifier  verifies deliveries
 * @param settings  the limits
 * @param budget    the memory for bodies
 * @param answers   writes the answers
 * @param deadlines ends deliveries whose body or answer takes too long
 */
record Reception(
        Intake intake,
        SignatureVerifier verifier,
        ReceiverSettings settings,
        BodyBudget budget,
        Answers answers,
        Deadlines deadlines) {}
