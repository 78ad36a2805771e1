package io.github.bellhop.simulator.svix;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.function.BiPredicate;
import org.jspecify.annotations.Nullable;

/**
 * Resends failed or missing messages, as Clerk's Dashboard does. Each message is sent once, without retries; messages
 * without a payload are skipped. Safe for concurrent use.
 */
public final class Replays {
    private static final int KEPT_TASKS = 1_000;
    private static final Duration MAX_RANGE = Duration.ofDays(14).plusMinutes(5);

    private final SvixState state;
    private final Courier courier;
    private final NavigableMap<String, Task> tasks = new TreeMap<>();

    Replays(SvixState state, Courier courier) {
        this.state = state;
        this.courier = courier;
    }

    /**
     * Resends the messages that were created in a time range and failed or were lost.
     *
     * @param until the end of the range; null for the current time
     * @throws SvixException if the endpoint does not exist (404), or the range is longer than 14 days or reversed (422)
     */
    public Task recover(String application, String endpoint, Instant since, @Nullable Instant until) {
        synchronized (state) {
            Instant end = until == null ? state.now() : until;
            if (since.isAfter(end)) {
                throw SvixException.invalid("since", "since must be before until");
            }
            if (Duration.between(since, end).compareTo(MAX_RANGE) > 0) {
                throw SvixException.invalid("since", "Cannot recover messages more than 14 days");
            }
            return replay("endpoint.recover", application, endpoint, Filter.between(since, end), (message, target) -> {
                Delivery delivery = message.deliveries.get(target.id());
                return delivery == null ? message.lostTo.contains(target.id()) : delivery.status == AttemptStatus.FAIL;
            });
        }
    }

    /** Sends the messages that were created in a time range, match the endpoint's filter and were never sent to it. */
    public Task replayMissing(String application, String endpoint, Instant since, @Nullable Instant until) {
        return state.locked(() -> replay(
                "endpoint.replay",
                application,
                endpoint,
                Filter.between(since, until),
                (message, target) -> target.wants(message) && !message.deliveries.containsKey(target.id())));
    }

    /**
     * Resends the messages that were created in a time range and already sent, whether they succeeded or failed.
     *
     * @param filter selects the messages; its status applies to the delivery, and its status code class to any of the
     *     attempts
     */
    public Task bulkReplay(String application, String endpoint, Instant since, @Nullable Instant until, Filter filter) {
        Filter times = Filter.between(since, until);
        return state.locked(() -> replay("endpoint.bulk-replay", application, endpoint, times, (message, target) -> {
            Delivery delivery = message.deliveries.get(target.id());
            return delivery != null
                    && filter.takes(message)
                    && (filter.status() == null || filter.status() == delivery.status)
                    && (filter.statusCodeClass() == null || answered(message, target.id(), filter));
        }));
    }

    /** Cancels an endpoint's scheduled attempts for messages created before the given time. */
    public void cancel(String application, String endpoint, Instant createdBefore) {
        synchronized (state) {
            for (Delivery delivery : find(application, endpoint).pending.toArray(Delivery[]::new)) {
                if (delivery.message.info.timestamp().isBefore(createdBefore)) {
                    courier.cancel(delivery);
                }
            }
        }
    }

    /**
     * Returns a task.
     *
     * @throws SvixException if the task is unknown or no longer stored (404)
     */
    public Task task(String id) {
        synchronized (state) {
            Task task = tasks.get(id);
            if (task == null) {
                throw SvixException.notFound("Entity not found");
            }
            return task;
        }
    }

    /**
     * A page of the tasks, newest first.
     *
     * @param status the status of the tasks to list; null for all
     * @param task   the kind of the tasks to list; null for all
     */
    public Page<Task> tasks(@Nullable String status, @Nullable String task, PageQuery query) {
        return state.locked(() -> Page.of(
                tasks,
                query,
                PageQuery.Order.DESCENDING,
                each -> (status == null || status.equals(each.status()))
                        && (task == null || task.equals(each.task()))));
    }

    private Task replay(
            String name,
            String application,
            String endpoint,
            Filter times,
            BiPredicate<StoredMessage, StoredEndpoint> wanted) {
        Instant now = state.now();
        StoredEndpoint target = find(application, endpoint);
        List<StoredMessage> found = state.application(application).messages.values().stream()
                .filter(message ->
                        times.takes(message) && wanted.test(message, target) && message.outgoing(now) != null)
                .toList();
        found.forEach(message -> courier.sendAgain(message, target));
        Task task = new Task(state.ids.next("qtask"), name, true, found.size(), now);
        tasks.put(task.id(), task);
        if (tasks.size() > KEPT_TASKS) {
            tasks.pollFirstEntry();
        }
        return task;
    }

    private boolean answered(StoredMessage message, String endpoint, Filter filter) {
        return message.attempts.stream()
                .map(message.application.attempts::get)
                .anyMatch(attempt -> attempt.endpointId().equals(endpoint) && filter.hasCodeOf(attempt));
    }

    private StoredEndpoint find(String application, String endpoint) {
        return state.application(application).endpoint(endpoint);
    }

    /**
     * A background task.
     *
     * @param id        {@code qtask_} followed by 27 letters and digits
     * @param task      its kind, such as {@code endpoint.recover}
     * @param finished  whether all of its messages have been scheduled
     * @param messages  the number of its messages
     * @param updatedAt when the task started or ended
     */
    public record Task(String id, String task, boolean finished, int messages, Instant updatedAt) {
        /** The name of the task's status in Svix's API. */
        public String status() {
            return finished ? "finished" : "running";
        }
    }
}
