package io.github.bellhop.sync.store;

import java.time.OffsetDateTime;

/**
 * The transaction that holds the claim of a run, as the server names it: a process of the server serves one
 * transaction after another, so the time of its start belongs to the name.
 *
 * @param process the server's process
 * @param began   when the transaction began
 * @hidden
 */
public record ClaimHolder(int process, OffsetDateTime began) {}
