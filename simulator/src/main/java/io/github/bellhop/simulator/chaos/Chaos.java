package io.github.bellhop.simulator.chaos;

import io.github.bellhop.simulator.dispatch.Scheduled;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.random.RandomGenerator;

/** Decides what goes wrong with each message, and counts the requests and their answers. Safe for concurrent use. */
public final class Chaos {
    private final Map<String, HeldBack> lanes = new HashMap<>();
    private final Map<ChaosKind, Long> happened = new EnumMap<>(ChaosKind.class);
    private final Map<Sending, SortedMap<Integer, Long>> answers = new EnumMap<>(Sending.class);
    private ChaosSettings settings;
    private RandomGenerator random;

    /** Creates chaos with these settings. */
    public Chaos(ChaosSettings settings) {
        this.settings = settings;
        this.random = new SplittableRandom(settings.seed());
    }

    /** Switches to these settings and restarts the random choices from their seed. */
    public synchronized void change(ChaosSettings other) {
        settings = other;
        random = new SplittableRandom(other.seed());
    }

    /** Decides what happens to the next message for an endpoint. */
    public synchronized Plan plan() {
        Set<ChaosKind> kinds = EnumSet.noneOf(ChaosKind.class);
        for (ChaosKind kind : ChaosKind.values()) {
            // Draw a number even for a rate of 0, so that changing one kind's rate does not affect the draws of the
            // others.
            if (random.nextDouble() < settings.rate(kind)) {
                kinds.add(kind);
            }
        }
        double share = random.nextDouble();
        if (kinds.contains(ChaosKind.DROP)) {
            kinds = EnumSet.of(ChaosKind.DROP);
        }
        kinds.forEach(kind -> happened.merge(kind, 1L, Long::sum));
        return new Plan(
                kinds,
                kinds.contains(ChaosKind.DELAY)
                        ? Duration.ofNanos(Math.round(settings.longest().toNanos() * share))
                        : Duration.ZERO);
    }

    /**
     * Holds the jobs back if the plan says so, and releases the jobs that were waiting for this message.
     *
     * @param lane the endpoint's lane
     * @param jobs the requests for one message, scheduled as if nothing were held back
     */
    public synchronized void admit(String lane, Plan plan, List<Scheduled> jobs, Instant now) {
        if (!lanes.containsKey(lane) && !plan.has(ChaosKind.REORDER) && !plan.has(ChaosKind.BURST)) {
            return;
        }
        HeldBack held = lanes.computeIfAbsent(lane, name -> new HeldBack());
        held.admit(plan, jobs, now, settings);
        if (held.isEmpty()) {
            lanes.remove(lane);
        }
    }

    /**
     * Counts a request and its answer.
     *
     * @param sending the kind of request
     * @param status  the status of the answer; 0 if there was no answer
     */
    public synchronized void answered(Sending sending, int status) {
        answers.computeIfAbsent(sending, key -> new TreeMap<>()).merge(status, 1L, Long::sum);
    }

    /** The counts so far. */
    public synchronized ChaosReport report() {
        return new ChaosReport(happened, answers);
    }

    /**
     * What will happen to one message on its way to one endpoint.
     *
     * @param kinds the kinds of chaos; a dropped message has no other kind
     * @param delay how late the message is sent
     */
    public record Plan(Set<ChaosKind> kinds, Duration delay) {
        /** Copies the kinds. */
        public Plan {
            kinds = Set.copyOf(kinds);
        }

        /** Whether the plan contains this kind. */
        public boolean has(ChaosKind kind) {
            return kinds.contains(kind);
        }
    }

    /**
     * The messages of one lane that are held back until others follow. If no others follow in time, they become due
     * anyway.
     */
    private static final class HeldBack {
        private final Group overtaken = new Group();
        private final Group burst = new Group();

        private static final class Group {
            final List<Scheduled> jobs = new ArrayList<>();
            Instant due = Instant.MIN;
            int messages;

            void add(List<Scheduled> more, Instant until) {
                if (messages == 0) {
                    due = until;
                }
                jobs.addAll(more);
                messages++;
                more.forEach(job -> job.moveTo(due));
            }

            void letGo(Instant now) {
                jobs.forEach(job -> job.moveTo(now));
                clear();
            }

            void clear() {
                jobs.clear();
                messages = 0;
            }
        }

        void admit(Plan plan, List<Scheduled> jobs, Instant now, ChaosSettings settings) {
            Instant until = now.plus(settings.hold());
            for (Group group : List.of(overtaken, burst)) {
                if (group.messages > 0 && !group.due.isAfter(now)) {
                    group.clear();
                }
            }
            if (plan.has(ChaosKind.BURST) || burst.messages > 0) {
                burst.add(jobs, until);
                if (burst.messages >= settings.burstSize()) {
                    burst.letGo(now);
                }
            } else if (plan.has(ChaosKind.REORDER)) {
                overtaken.add(jobs, until);
            } else {
                overtaken.letGo(now);
            }
        }

        boolean isEmpty() {
            return overtaken.messages == 0 && burst.messages == 0;
        }
    }
}
