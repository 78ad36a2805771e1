package io.github.bellhop.sync.handle;

import io.github.bellhop.sync.inbox.RunRow;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * The calls of handlers in this process that have not returned: no run is called by two of its threads at once, also
 * when the database has lost the claim of the first. Thread-safe.
 */
final class CallsUnderWay {
    /** So many calls of one handler may be stuck; then no further run of it is claimed. */
    static final int MAX_STUCK = 8;

    /** A call, from its claim until its thread is back. */
    private static final class Call {
        /** The claim may be lost, and what became of the call is not noted yet. */
        private boolean ending;

        private boolean noted;

        /** Its thread was given up. */
        private boolean stuck;

        private void settle() {
            if (noted && stuck) {
                ending = false;
            }
        }
    }

    /** What is known of a run that was claimed just now. */
    enum Begun {
        /** It may be called. */
        FREE,
        /** A call of it is under way, whose claim the database has lost. */
        TAKEN,
        /** Its last call is stuck. */
        STUCK
    }

    private final Map<RunRow.Key, Call> calls = new HashMap<>();
    private volatile Consumer<Thread> onGivenUp = thread -> {};

    /** Has somebody told of each thread that was given up, since its handler does not return. */
    void whenGivenUp(Consumer<Thread> told) {
        onGivenUp = told;
    }

    /** Which runs of a handler may be claimed. */
    synchronized RunSql.Filter claimable(String handler) {
        Set<String> stuck = messages(handler, call -> call.stuck && !call.ending);
        Set<String> ending = messages(handler, call -> call.ending);
        return new RunSql.Filter(ending, stuck(handler) < MAX_STUCK ? Optional.empty() : Optional.of(stuck));
    }

    private Set<String> messages(String handler, Predicate<Call> wanted) {
        return calls.entrySet().stream()
                .filter(call -> call.getKey().handler().equals(handler) && wanted.test(call.getValue()))
                .map(call -> call.getKey().messageId())
                .collect(Collectors.toSet());
    }

    /** A run was claimed. Only a free one is under way from now on, until {@link #end}. */
    synchronized Begun begin(RunRow run) {
        Call known = calls.putIfAbsent(run.key(), new Call());
        if (known == null) {
            return Begun.FREE;
        }
        if (known.stuck && !known.ending) {
            return Begun.STUCK;
        }
        known.ending = true;
        return Begun.TAKEN;
    }

    /** The claim of a call is about to be taken away. */
    void ending(RunRow run) {
        change(run, call -> call.ending = true);
    }

    /** What became of the call is noted, or cannot be. */
    void noted(RunRow run) {
        change(run, call -> call.noted = true);
    }

    /** The thread of the call is given up: another one takes its place. */
    void giveUp(RunRow run, Thread thread) {
        change(run, call -> call.stuck = true);
        onGivenUp.accept(thread);
    }

    private synchronized void change(RunRow run, Consumer<Call> change) {
        Call call = calls.get(run.key());
        if (call != null) {
            change.accept(call);
            call.settle();
        }
    }

    /**
     * The call has returned, and what became of it is noted.
     *
     * @return whether it was stuck
     */
    synchronized boolean end(RunRow run) {
        Call call = calls.remove(run.key());
        return call != null && call.stuck;
    }

    /** How many calls of the handler are stuck. */
    synchronized int stuck(String handler) {
        return messages(handler, call -> call.stuck).size();
    }
}
