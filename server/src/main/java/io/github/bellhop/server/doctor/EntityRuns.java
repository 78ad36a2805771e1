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
 * What the app's handlers have not done about an entity.
 *
 * @param id    the entity
 * @param runs  the runs of its messages that are not done
 * @param now   what time it is
 */
record EntityRuns(String id, List<RunRecord> runs, Instant now) {
    /** A run that is due for longer is one that nobody takes. */
    private static final Duration TAKEN_WITHIN = Duration.ofMinutes(1);

    /** One finding for each handler and state, the worst first. */
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
                        "Handler " + handler + " has given up " + messages + about,
                        why(first),
                        "Correct the cause, then run bellhop dead-letters replay " + first.messageId() + " --handler "
                                + handler + ".");
            case FAILING ->
                Finding.warn(
                        "Handler " + handler + " fails on " + messages + about,
                        why(first),
                        "Correct the cause. The next attempt is at " + first.nextAttemptAt()
                                + "; the app's log has the stack trace. bellhop messages " + first.messageId()
                                + " shows its runs.");
            case WAITING -> waiting(handler, first, messages + about);
        };
    }

    private Finding waiting(String handler, RunRecord first, String messages) {
        Instant due = first.nextAttemptAt();
        String what = "Handler " + handler + " has not been called with " + messages;
        if (due != null && first.head() && due.isBefore(now.minus(TAKEN_WITHIN))) {
            return Finding.warn(
                    what,
                    "It is due since " + due + ", and no app has taken it.",
                    "Start the app that has this handler on this database. If it runs, see stuck in its health.");
        }
        String why = due == null
                ? "It waits until the message is mirrored."
                : first.head() ? "It is due at " + due + "." : "It waits for an earlier message about the same entity.";
        return Finding.warn(what, why, "Wait, and look again: bellhop messages " + first.messageId());
    }

    private static String why(RunRecord run) {
        String last = run.lastFailedAt() == null ? "" : ", the last time at " + run.lastFailedAt();
        return "It failed " + run.attempts() + (run.attempts() == 1 ? " time" : " times") + last
                + (run.cause() == null ? "." : ": " + run.cause());
    }
}
