package io.github.bellhop.simulator.clerk;

import io.github.bellhop.simulator.fixture.Fixtures;
import java.time.InstantSource;
import java.util.random.RandomGenerator;

/**
 * What a pretend instance is made with.
 *
 * @param instanceId    the {@code ins_} id that its events carry
 * @param clock         where all its times come from
 * @param random        where its ids come from; only ever asked under the instance's lock
 * @param sink          where its events go
 * @param cascadeEvents whether the deletion of a user or an organization also emits events of what is deleted with it;
 *                      what Clerk does is not known. The state loses them in either case
 */
public record ClerkSettings(
        String instanceId, InstantSource clock, RandomGenerator random, EventSink sink, boolean cascadeEvents) {
    /** Settings of the simulator's own instance, without events for what is deleted with its parent. */
    public static ClerkSettings of(InstantSource clock, RandomGenerator random, EventSink sink) {
        return new ClerkSettings(Fixtures.INSTANCE_ID, clock, random, sink, false);
    }

    /** The same, of another instance. */
    public ClerkSettings withInstanceId(String id) {
        return new ClerkSettings(id, clock, random, sink, cascadeEvents);
    }

    /** The same, with or without events for what is deleted with its parent. */
    public ClerkSettings withCascadeEvents(boolean cascade) {
        return new ClerkSettings(instanceId, clock, random, sink, cascade);
    }
}
