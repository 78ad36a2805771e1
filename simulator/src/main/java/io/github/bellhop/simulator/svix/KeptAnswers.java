package io.github.bellhop.simulator.svix;

import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Limits the memory used for the bodies of answers: it drops those of the oldest attempts first. A broken receiver may
 * answer thousands of messages, eight times each, with an error page. Guarded by the state's lock.
 */
final class KeptAnswers {
    private static final long MAX_WEIGHT = 32 * 1024 * 1024;
    private static final int WEIGHT_OF_NONE = 100;

    private final Deque<Kept> answers = new ArrayDeque<>();
    private long weight;

    private record Kept(StoredApplication application, String attempt, int weight) {}

    void add(StoredApplication application, Attempt attempt) {
        if (attempt.response().isEmpty()) {
            return;
        }
        Kept kept = new Kept(
                application, attempt.id(), WEIGHT_OF_NONE + attempt.response().length());
        answers.addLast(kept);
        weight += kept.weight();
        while (weight > MAX_WEIGHT) {
            Kept oldest = answers.removeFirst();
            weight -= oldest.weight();
            oldest.application().attempts.computeIfPresent(oldest.attempt(), (id, known) -> known.withoutResponse());
        }
    }
}
