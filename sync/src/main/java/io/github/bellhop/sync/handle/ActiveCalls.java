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
 * Tracks the handler calls in this process that have not returned. This prevents two threads of the process from
 * executing the same run at once, even if the database has lost the first claim. Thread-safe.
 */
final class ActiveCalls {
    /** The maximum number of stuck calls per handler. Once it is reached, no further run of that handler is claimed. */
    static final int MAX_STUCK = 8;

    /** A handler call, from the claim of its run until its thread is free again. */
    private static final class Call {
        /** Whether the claim may be lost before the result is recorded. */
        private boolean ending;

        /** Whether recording the result has succeeded or failed. */
        private boolean recorded;

        /** Whether its thread has been abandoned. */
        private boolean stuck;

        private void updateEnding() {
            if (recorded && stuck) {
                ending = false;
            }
        }
    }

    /** Whether the handler may be called for a run that was just claimed. */
    enum Admission {
        /** The handler may be called. */
        FREE,
        /** Another call for the run is still active, although the database has lost that call's claim. */
        TAKEN,
        /** The last call for the run is stuck. */
        STUCK
    }

    private final Map<RunRow.Key, Call> calls = new HashMap<>();
    private volatile Consumer<Thread> abandonedListener = thread -> {};

    /** Sets the callback for threads that were abandoned because their handlers did not return. */
    void onAbandoned(Consumer<Thread> listener) {
        abandonedListener = listener;
    }

    /** Returns which runs of a handler may be claimed. */
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

    /** Registers a call for a claimed run. If the result is {@code FREE}, the call is active until {@link #end}. */
    synchronized Admission begin(RunRow run) {
        Call known = calls.putIfAbsent(run.key(), new Call());
        if (known == null) {
            return Admission.FREE;
        }
        if (known.stuck && !known.ending) {
            return Admission.STUCK;
        }
        known.ending = true;
        return Admission.TAKEN;
    }

    /** Notes that a call is about to lose its claim. */
    void ending(RunRow run) {
        change(run, call -> call.ending = true);
    }

    /** Notes that the result has been recorded, or that recording it has failed. */
    void recorded(RunRow run) {
        change(run, call -> call.recorded = true);
    }

    /** Marks the call as stuck and invokes the callback, so that another thread replaces the given one. */
    void abandon(RunRow run, Thread thread) {
        change(run, call -> call.stuck = true);
        abandonedListener.accept(thread);
    }

    private synchronized void change(RunRow run, Consumer<Call> change) {
        Call call = calls.get(run.key());
        if (call != null) {
            change.accept(call);
            call.updateEnding();
        }
    }

    /**
     * Removes a call that has returned and whose result is recorded.
     *
     * @return whether the call was stuck
     */
    synchronized boolean end(RunRow run) {
        Call call = calls.remove(run.key());
        return call != null && call.stuck;
    }

    /** Returns the number of stuck calls of the handler. */
    synchronized int stuck(String handler) {
        return messages(handler, call -> call.stuck).size();
    }
}
