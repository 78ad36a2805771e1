package io.github.bellhop.simulator.clerk;

import java.time.InstantSource;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;

/**
 * The settings of a simulated instance.
 *
 * @param clock         the source of all times
 * @param random        the source of ids; used only under the instance's lock
 * @param sink          receives each event after its change and before the next change. It must be fast and must not
 *                      wait for another thread that uses the instance. Its exceptions are thrown to the caller that
 *                      made the change
 * @param cascadeEvents whether deleting a user or an organization also emits events for the entities deleted with it.
 *                      Clerk's behavior is not known. The entities are removed in either case
 */
public record ClerkSettings(
        InstantSource clock, RandomGenerator random, Consumer<EmittedEvent> sink, boolean cascadeEvents) {}
