package io.github.bellhop.sync.inbox;

import org.jspecify.annotations.Nullable;

/**
 * A failed attempt of a run, as it is noted.
 *
 * @param reason what it failed of: the fault's class and the database's code, {@code timed-out}, or the handler's own
 * @param detail what the program said of it, without what a database quoted; null when nothing is known
 * @param at     when, in milliseconds
 * @hidden
 */
public record RunFailure(String reason, @Nullable String detail, long at) {}
