package io.github.bellhop.sync.read;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How things stand in a database.
 *
 * @param lastReceived when the newest message came; null when none ever did
 * @param waiting      messages that wait for the worker
 * @param failing      those of them that it has failed to mirror
 * @param dead         messages that are dead letters
 * @param runsWaiting  runs of handlers that are not done
 * @param runsFailing  those of them that have failed
 * @param runsDead     runs that are dead letters
 */
public record Standing(
        @Nullable Instant lastReceived,
        long waiting,
        long failing,
        long dead,
        long runsWaiting,
        long runsFailing,
        long runsDead) {}
