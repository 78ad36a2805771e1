package io.github.bellhop.server.doctor;

import io.github.bellhop.sync.inbox.RunRecord;
import io.github.bellhop.sync.inbox.RunState;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Reports the unfinished runs of the app's handlers for an entity.
 *
 * @param id    the entity
 * @param runs  the unfinished runs of its messages
 * @param now   the current time
 */
record EntityRuns(String id, List<RunRecord> runs, Instant now) {
    /** If a run is overdue by more than this, no app has started it. */
    private static final Duration MAX_OVERDUE = Duration.ofMinutes(1);

    /** Returns one finding for each handler and state, the worst state first. */
    List<Finding> findings() {
        Map<RunState, Map<String, List<RunRecord>>> byState = new TreeMap<>(Comparator.reverseOrder());
        for (RunRecord run : runs) {
            byState.computeIfAbsent(run.state(), state -> new TreeMap<>())
                    .computeIfAbsent(run.handler(), handler -> new ArrayList<>())
                    .add(run);
        }
        List<Finding> findings = new ArrayList<>();
        byState.forEach((state, byHandler) ->
                byHandler.forEach((handler, some) -> findings.add(finding(state, handler, some))));
        return findings;
    }

    private Finding finding(RunState state, String handler, List<RunRecord> some) {
        RunRecord first = some.get(0);
        String messages = some.size() == 1 ? "message " + first.messageId() : some.size() + " messages";
        String about = " about " + id + ".";
        return switch (state) {
            case DEAD ->
                Finding.fail(
                        "Handler " + handler + " has used up its attempts for " + messages + about,
                        why(first),
                        "Fix the cause, then run bellhop dead-letters replay " + first.messageId() + " --handler "
                                + handler + ".");
            case FAILING ->
                Finding.warn(
                        "Handler " + handler + " fails on " + messages + about,
                        why(first),
                        "Fix the cause. The next attempt is at " + first.nextAttemptAt() + ". The app's log has the"
                                + " stack trace, and bellhop messages " + first.messageId() + " shows the runs.");
            case WAITING -> waiting(handler, first, messages + about);
        };
    }

    private Finding waiting(String handler, RunRecord first, String messages) {
        Instant due = first.nextAttemptAt();
        String what = "Handler " + handler + " has not been called with " + messages;
        if (due != null && first.head() && due.isBefore(now.minus(MAX_OVERDUE))) {
            return Finding.warn(
                    what,
                    "It has been due since " + due + ", and no app has started it.",
                    "Start the app that has this handler with this database. If the app is running, see the value of"
                            + " stuck in its health details.");
        }
        String why = due == null
                ? "It waits until the message is mirrored."
                : first.head() ? "It is due at " + due + "." : "It waits for an earlier message about the same entity.";
        return Finding.warn(what, why, "Wait, then check again: bellhop messages " + first.messageId());
    }

    private static String why(RunRecord run) {
        String last = run.lastFailedAt() == null ? "" : ", most recently at " + run.lastFailedAt();
        return "It failed " + run.attempts() + (run.attempts() == 1 ? " time" : " times") + last
                + (run.cause() == null ? "." : ": " + run.cause());
    }
}
