package io.github.bellhop.sync.write;

import io.github.bellhop.sync.inbox.MessageRecord;
import io.github.bellhop.sync.inbox.RunRow;
import io.github.bellhop.sync.mirror.PreparedMessage;
import io.github.bellhop.sync.store.Database;
import io.github.bellhop.sync.store.Dialect;
import io.github.bellhop.sync.store.InboxSql;
import io.github.bellhop.sync.write.LaneFinder.Wanted;
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
 * The runs of handlers, in lanes: one handler and one natural key (see {@link LaneFinder}). Of each lane one run, the head, may be under way; the
 * next becomes head in the transaction that ends it. Every method works in the caller's transaction, so that a crash
 * leaves all of it or nothing. Thread-safe.
 *
 * @hidden
 */
public final class Lanes {
    private static final Comparator<RunRow> IN_ORDER =
            Comparator.comparingLong(RunRow::receivedAt).thenComparing(RunRow::messageId);

    private final Dialect dialect;
    private final Function<@Nullable String, List<Want>> wants;

    /**
     * A handler that wants a type of event.
     *
     * @param handler  its name
     * @param staleToo whether it wants what is stale too
     */
    public record Want(String handler, boolean staleToo) {}

    /**
     * The lanes of a database of this dialect.
     *
     * @param wants the handlers that want events of a type; null is an event without one
     */
    public Lanes(Dialect dialect, Function<@Nullable String, List<Want>> wants) {
        this.dialect = dialect;
        this.wants = wants;
    }

    /** The lanes of a database of this dialect, where no handler is known but those whose runs are there. */
    public Lanes(Dialect dialect) {
        this(dialect, type -> List.of());
    }

    /** The lanes of those messages that some handler wants. Call before the mirror is written. */
    Map<Wanted, String> find(Connection connection, Collection<PreparedMessage> messages) throws SQLException {
        return LaneFinder.of(
                connection,
                messages.stream()
                        .filter(message -> !wants.apply(message.type()).isEmpty())
                        .map(Wanted::of)
                        .toList());
    }

    /**
     * Adds the runs of new messages.
     *
     * @param lanes   the messages that some handler wants, with their lanes
     * @param applied what became of the messages in the mirror, by their ids
     * @return the ids of those messages for which a handler runs
     */
    Set<String> append(Connection connection, Map<Wanted, String> lanes, Map<String, Applied> applied, long now)
            throws SQLException {
        List<RunRow> runs = new ArrayList<>(0);
        lanes.forEach((message, lane) -> {
            Applied found = Objects.requireNonNull(applied.get(message.messageId()));
            runs.addAll(runs(message, lane, found, false, now));
        });
        write(connection, runs);
        return runs.stream().map(RunRow::messageId).collect(Collectors.toSet());
    }

    private List<RunRow> runs(Wanted message, String lane, Applied applied, boolean replay, long now) {
        return wants.apply(message.type()).stream()
                .filter(want -> applied.isFor(message.type(), want.staleToo()))
                .map(want -> run(message, lane, applied, want, replay, now))
                .toList();
    }

    private static RunRow run(Wanted message, String lane, Applied applied, Want want, boolean replay, long now) {
        boolean seen = applied.verdict() != Applied.Verdict.UNSEEN;
        return new RunRow(
                message.messageId(),
                want.handler(),
                lane,
                message.receivedAt(),
                seen ? (Long) now : null,
                seen ? (Boolean) applied.verdict().isLate() : null,
                want.staleToo(),
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
        // In one order, so that two who add to the same lanes wait for each other in turn, not in a ring.
        Map<Lane, RunRow> first =
                new TreeMap<>(Comparator.comparing(Lane::handler).thenComparing(Lane::entityId));
        List<RunRow> inOrder = runs.stream().sorted(IN_ORDER).toList();
        inOrder.forEach(run -> first.putIfAbsent(new Lane(run.handler(), run.entityId()), run));
        Set<RunRow.Key> heads = dialect.appendRuns(connection, first.values(), true);
        List<RunRow> others =
                inOrder.stream().filter(run -> !heads.contains(run.key())).toList();
        if (!others.isEmpty()) {
            Set<RunRow.Key> unused = dialect.appendRuns(connection, others, false);
        }
    }

    /**
     * Lets go of the runs that waited until the mirror has seen their message, now that it has or will not.
     *
     * @return whether the message has runs still
     */
    public boolean settle(Connection connection, MessageRecord message, Applied applied, long now) throws SQLException {
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
     * Makes runs anew for a message that is to be replayed.
     *
     * @param handlers those that get it, whether they want it or not: they were asked for by their names; null for
     *     those whose runs died, and all that want it
     */
    public void replay(
            Connection connection,
            MessageRecord message,
            byte[] payload,
            @Nullable Collection<String> handlers,
            long now)
            throws SQLException {
        Wanted wanted = Wanted.of(message, payload);
        String lane = Objects.requireNonNull(
                LaneFinder.of(connection, List.of(wanted)).get(wanted));
        Applied applied = Applied.again(message);
        List<RunRow> runs = new ArrayList<>(LaneSql.takeDead(connection, message.messageId(), handlers, now));
        Set<RunRow.Key> dead = runs.stream().map(RunRow::key).collect(Collectors.toSet());
        List<RunRow> others = handlers == null
                ? runs(wanted, lane, applied, true, now)
                : handlers.stream()
                        .map(handler -> run(wanted, lane, applied, new Want(handler, true), true, now))
                        .toList();
        others.stream().filter(run -> !dead.contains(run.key())).forEach(runs::add);
        write(connection, runs);
    }

    /** Removes a run that is done, and the payload if nobody else waits for it and it must go; the next comes up. */
    public void finish(Connection connection, RunRow run) throws SQLException {
        dialect.lockLanes(connection, List.of(run.entityId()), true);
        LaneSql.remove(connection, run.messageId(), run.handler());
        LaneSql.promote(connection, run.handler(), run.entityId());
        if (run.clearPayload() && !InboxSql.hasRuns(connection, run.messageId())) {
            int unused = InboxSql.clearPayloads(connection, List.of(run.messageId()));
        }
    }

    /**
     * Has a dead letter made of a run; the next comes up.
     *
     * @param burial returns false when somebody else has noted an attempt meanwhile, and nothing was changed
     * @return what the burial returned
     */
    public boolean bury(Connection connection, RunRow run, Database.Work<Boolean> burial) throws SQLException {
        dialect.lockLanes(connection, List.of(run.entityId()), true);
        boolean buried = burial.on(connection);
        if (buried) {
            LaneSql.promote(connection, run.handler(), run.entityId());
        }
        return buried;
    }
}
