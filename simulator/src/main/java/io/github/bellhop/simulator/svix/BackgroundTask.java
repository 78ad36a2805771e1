package io.github.bellhop.simulator.svix;

import java.time.Instant;

/**
 * Something that was asked for and goes on by itself.
 *
 * @param id        {@code qtask_} and 27 letters and digits
 * @param task      such as {@code endpoint.recover}
 * @param finished  whether all of its messages were handed to the schedule
 * @param messages  how many
 * @param updatedAt when it was begun or ended
 */
public record BackgroundTask(String id, String task, boolean finished, int messages, Instant updatedAt) {}
