package io.github.bellhop.simulator.chaos;

import io.github.bellhop.simulator.dispatch.Scheduled;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** The messages of one lane that wait for others. What waits too long is due by itself. */
final class HeldBack {
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
            move(more, due);
        }

        void letGo(Instant now) {
            move(jobs, now);
            clear();
        }

        void clear() {
            jobs.clear();
            messages = 0;
        }

        private static void move(List<Scheduled> jobs, Instant at) {
            jobs.forEach(job -> job.moveTo(at));
        }
    }

    void admit(ChaosPlan plan, List<Scheduled> jobs, Instant now, ChaosSettings settings) {
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
