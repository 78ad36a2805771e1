package io.github.bellhop.simulator.clerk;

import java.time.InstantSource;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;

/**
 * What a pretend instance is made with.
 *
 * @param clock         where all its times come from
 * @param random        where its ids come from; only ever asked under the instance's lock
 * @param sink          takes each event after its change has happened and before any other change can: it must be quick, and
 *                      must not wait for another thread that uses the instance. What it throws reaches whoever made
 *                      the change
 * @param cascadeEvents whether the deletion of a user or an organization also emits events of what is deleted with it;
 *                      what Clerk does is not known. The state loses them in either case
 */
public record ClerkSettings(
        InstantSource clock, RandomGenerator random, Consumer<EmittedEvent> sink, boolean cascadeEvents) {}
