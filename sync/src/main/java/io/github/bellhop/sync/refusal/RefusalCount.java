package io.github.bellhop.sync.refusal;

import java.time.Instant;

/**
 * Refusals for one reason.
 *
 * @param reason the receiver's kebab-case name
 * @param count  how many there were
 * @param lastAt when the last one was
 * @hidden
 */
public record RefusalCount(String reason, long count, Instant lastAt) {}
