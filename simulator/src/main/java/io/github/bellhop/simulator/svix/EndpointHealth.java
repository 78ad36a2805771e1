package io.github.bellhop.simulator.svix;

import io.github.bellhop.simulator.dispatch.RetrySchedule;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/**
 * Whether an endpoint has failed for so long that it is to be switched off: for five days without one success. They
 * are counted from when failures within a day lay half a day apart.
 *
 * @see <a href="https://docs.svix.com/retries">Svix: disabling failing endpoints</a>
 */
final class EndpointHealth {
    private final Duration day;
    private final Duration apart;
    private final Duration tooLong;
    /** The failures of the last day, one an hour at most. */
    private final Deque<Instant> failures = new ArrayDeque<>();

    private @Nullable Instant failingSince;

    EndpointHealth(RetrySchedule schedule) {
        day = schedule.scaled(Duration.ofDays(1));
        apart = day.dividedBy(2);
        tooLong = day.multipliedBy(5);
    }

    void succeeded() {
        failures.clear();
        failingSince = null;
    }

    /** Says whether the endpoint is to be switched off. */
    boolean failed(Instant now) {
        while (!failures.isEmpty() && failures.peekFirst().isBefore(now.minus(day))) {
            failures.removeFirst();
        }
        if (failures.isEmpty() || !failures.peekLast().plus(day.dividedBy(24)).isAfter(now)) {
            failures.addLast(now);
        }
        if (failingSince == null && !failures.peekFirst().plus(apart).isAfter(now)) {
            failingSince = now;
        }
        return failingSince != null && !failingSince.plus(tooLong).isAfter(now);
    }
}
