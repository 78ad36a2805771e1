package io.github.bellhop.sync.write;

import io.github.bellhop.sync.inbox.MessageRecord;
import io.github.bellhop.sync.inbox.RunRow;
import io.github.bellhop.sync.mirror.PreparedMessage;
import io.github.bellhop.sync.store.Database;
import io.github.bellhop.sync.store.Dialect;
import io.github.bellhop.sync.store.InboxSql;
import io.github.bellhop.sync.write.LaneFinder.LaneMessage;
import io.github.bellhop.sync.write.LaneSql.Held;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The lanes of handler runs. A lane belongs to one handler and one natural key (see {@link LaneFinder}). In each lane,
 * only the head may be active; the transaction that ends it makes the next run the head. Every method works in the
 * caller's transaction, so its changes are atomic even if the process crashes. Thread-safe.
 *
 * @hidden
 */
public final class Lanes {
    private static final Comparator<RunRow> BY_ARRIVAL =
            Comparator.comparingLong(RunRow::receivedAt).thenComparing(RunRow::messageId);

    private final Dialect dialect;
    private final Function<@Nullable String, List<Subscriber>> subscribers;

    /**
     * A handler that subscribes to a type of event.
     *
     * @param handler  the handler's name
     * @param staleToo whether the handler also wants stale messages
     */
    public record Subscriber(String handler, boolean staleToo) {}

    /**
     * Creates lanes.
     *
     * @param subscribers returns the handlers that subscribe to a type of event; the type is null for an event without
     *                    one
     */
    public Lanes(Dialect dialect, Function<@Nullable String, List<Subscriber>> subscribers) {
        this.dialect = dialect;
        this.subscribers = subscribers;
    }

    /** Creates lanes without subscribers: only existing runs are processed. */
    public Lanes(Dialect dialect) {
        this(dialect, type -> List.of());
    }

    /**
     * Returns the messages that some handler subscribes to, with their lanes. Call this before writing to the mirror.
     */
    Map<LaneMessage, String> find(Connection connection, Collection<PreparedMessage> messages) throws SQLException {
        return LaneFinder.of(
                connection,
                messages.stream()
                        .filter(message -> !subscribers.apply(message.type()).isEmpty())
                        .map(LaneMessage::of)
                        .toList());
    }

    /**
     * Adds the runs of new messages.
     *
     * @param lanes   the messages that some handler subscribes to, with their lanes
     * @param applied the results of applying the messages to the mirror, by message id
     * @return the ids of the messages that now have runs
     */
    Set<String> append(Connection connection, Map<LaneMessage, String> lanes, Map<String, Applied> applied, long now)
            throws SQLException {
        List<RunRow> runs = new ArrayList<>(0);
        lanes.forEach((message, lane) -> {
            Applied result = Objects.requireNonNull(applied.get(message.messageId()));
            runs.addAll(runs(message, lane, result, false, now));
        });
        write(connection, runs);
        return runs.stream().map(RunRow::messageId).collect(Collectors.toSet());
    }

    private List<RunRow> runs(LaneMessage message, String lane, Applied applied, boolean replay, long now) {
        return subscribers.apply(message.type()).stream()
                .filter(subscriber -> applied.isFor(message.type(), subscriber.staleToo()))
                .map(subscriber -> run(message, lane, applied, subscriber, replay, now))
                .toList();
    }

    private static RunRow run(
            LaneMessage message, String lane, Applied applied, Subscriber subscriber, boolean replay, long now) {
        boolean seen = applied.verdict() != Applied.Verdict.UNSEEN;
        return new RunRow(
                message.messageId(),
                subscriber.handler(),
                lane,
                message.receivedAt(),
                seen ? (Long) now : null,
                seen ? (Boolean) applied.verdict().isLate() : null,
                subscriber.staleToo(),
                replay,
                applied.clearPayload(),
                0);
    }

    private record Lane(String handler, String entityId) {}

    private void write(Connection connection, List<RunRow> runs) throws SQLException {
        if (runs.isEmpty()) {
            return;
        }
        dialect.lockLanes(connection, runs.stream().map(RunRow::entityId).toList(), false);
        // In a fixed order, so that two transactions that add to the same lanes cannot deadlock.
        Map<Lane, RunRow> first =
                new TreeMap<>(Comparator.comparing(Lane::handler).thenComparing(Lane::entityId));
        List<RunRow> inOrder = runs.stream().sorted(BY_ARRIVAL).toList();
        inOrder.forEach(run -> first.putIfAbsent(new Lane(run.handler(), run.entityId()), run));
        Set<RunRow.Key> heads = dialect.appendRuns(connection, first.values(), true);
        List<RunRow> others =
                inOrder.stream().filter(run -> !heads.contains(run.key())).toList();
        if (!others.isEmpty()) {
            Set<RunRow.Key> unused = dialect.appendRuns(connection, others, false);
        }
    }

    /**
     * Releases the runs that were waiting for their message to be mirrored. Call this when the message has been
     * mirrored or will never be mirrored.
     *
     * @return whether the message still has runs
     */
    public boolean releaseRuns(Connection connection, MessageRecord message, Applied applied, long now)
            throws SQLException {
        String messageId = message.messageId();
        List<Held> held = LaneSql.held(connection, messageId);
        if (!held.isEmpty()) {
            dialect.lockLanes(connection, held.stream().map(Held::entityId).toList(), true);
        }
        for (Held run : held) {
            if (applied.isFor(message.type(), run.staleToo())) {
                LaneSql.release(
                        connection, messageId, run.handler(), applied.verdict().isLate(), now);
            } else {
                LaneSql.remove(connection, messageId, run.handler());
                LaneSql.promote(connection, run.handler(), run.entityId());
            }
        }
        if (!InboxSql.hasRuns(connection, messageId)) {
            return false;
        }
        if (applied.clearPayload()) {
            LaneSql.clearLater(connection, messageId);
        }
        return true;
    }

    /**
     * Adds the runs for a replay of a message.
     *
     * @param handlers the handlers that get the message even if they do not subscribe to its type; null for all
     *                 subscribers and the handlers whose runs are dead letters
     */
    public void replay(
            Connection connection,
            MessageRecord message,
            byte[] payload,
            @Nullable Collection<String> handlers,
            long now)
            throws SQLException {
        LaneMessage laneMessage = LaneMessage.of(message, payload);
        String lane = Objects.requireNonNull(
                LaneFinder.of(connection, List.of(laneMessage)).get(laneMessage));
        Applied applied = Applied.forReplay(message);
        List<RunRow> runs = new ArrayList<>(LaneSql.takeDead(connection, message.messageId(), handlers, now));
        Set<RunRow.Key> dead = runs.stream().map(RunRow::key).collect(Collectors.toSet());
        List<RunRow> others = handlers == null
                ? runs(laneMessage, lane, applied, true, now)
                : handlers.stream()
                        .map(handler -> run(laneMessage, lane, applied, new Subscriber(handler, true), true, now))
                        .toList();
        others.stream().filter(run -> !dead.contains(run.key())).forEach(runs::add);
        write(connection, runs);
    }

    /**
     * Removes a run that is done and makes the next one the head. Also clears the payload if it is marked for clearing
     * and no other run needs it.
     */
    public void finish(Connection connection, RunRow run) throws SQLException {
        dialect.lockLanes(connection, List.of(run.entityId()), true);
        LaneSql.remove(connection, run.messageId(), run.handler());
        LaneSql.promote(connection, run.handler(), run.entityId());
        if (run.clearPayload() && !InboxSql.hasRuns(connection, run.messageId())) {
            int unused = InboxSql.clearPayloads(connection, List.of(run.messageId()));
        }
    }

    /**
     * Makes a run a dead letter and the next one the head.
     *
     * @param update updates the run; returns false if another transaction has recorded an attempt in the meantime and
     *               nothing was changed
     * @return the result of the update
     */
    public boolean markDead(Connection connection, RunRow run, Database.Work<Boolean> update) throws SQLException {
        dialect.lockLanes(connection, List.of(run.entityId()), true);
        boolean updated = update.on(connection);
        if (updated) {
            LaneSql.promote(connection, run.handler(), run.entityId());
        }
        return updated;
    }
}
