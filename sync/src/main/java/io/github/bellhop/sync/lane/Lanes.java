package io.github.bellhop.sync.lane;

import io.github.bellhop.sync.inbox.RunFailure;
import io.github.bellhop.sync.inbox.RunRow;
import io.github.bellhop.sync.lane.LaneSql.Held;
import io.github.bellhop.sync.store.Dialect;
import io.github.bellhop.sync.store.InboxSql;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

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
    private final Wants wants;

    /** The lanes of a database of this dialect. */
    public Lanes(Dialect dialect, Wants wants) {
        this.dialect = dialect;
        this.wants = wants;
    }

    /**
     * Adds the runs of new messages.
     *
     * @return the ids of those messages for which a handler runs
     */
    public Set<String> append(Connection connection, Collection<Arrival> arrivals, long now) throws SQLException {
        List<RunRow> runs = new ArrayList<>(0);
        for (Arrival arrival : arrivals) {
            add(arrival, false, now, runs);
        }
        write(connection, runs);
        return runs.stream().map(RunRow::messageId).collect(Collectors.toSet());
    }

    /** The lanes of those messages that some handler wants, by the messages' ids. Call before the mirror is written. */
    public Map<String, String> find(Connection connection, Collection<LaneFinder.Wanted> messages) throws SQLException {
        return LaneFinder.of(
                connection,
                messages.stream()
                        .filter(message -> !wants.of(message.type()).isEmpty())
                        .toList());
    }

    private void add(Arrival arrival, boolean replay, long now, List<RunRow> runs) {
        for (Wants.Want want : wants.of(arrival.type())) {
            if (arrival.isFor(want.staleToo())) {
                runs.add(run(arrival, want, replay, now));
            }
        }
    }

    private static RunRow run(Arrival arrival, Wants.Want want, boolean replay, long now) {
        boolean seen = arrival.verdict() != Arrival.Verdict.UNSEEN;
        return new RunRow(
                arrival.messageId(),
                want.handler(),
                arrival.lane(),
                arrival.receivedAt(),
                false,
                seen ? (Long) now : null,
                seen ? (Boolean) arrival.verdict().isLate() : null,
                want.staleToo(),
                replay,
                arrival.clearPayload(),
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
        inOrder.forEach(run -> first.putIfAbsent(new Lane(run.handler(), run.entityId()), run.asHead()));
        Set<RunRow.Key> heads = dialect.appendRuns(connection, List.copyOf(first.values()));
        List<RunRow> others =
                inOrder.stream().filter(run -> !heads.contains(run.key())).toList();
        if (!others.isEmpty()) {
            Set<RunRow.Key> unused = dialect.appendRuns(connection, others);
        }
    }

    /**
     * Lets go of the runs that waited until the mirror has seen their message, now that it has or will not.
     *
     * @return whether the message has runs still
     */
    public boolean settle(Connection connection, Arrival arrival, long now) throws SQLException {
        List<Held> held = LaneSql.held(connection, arrival.messageId());
        if (!held.isEmpty()) {
            lock(connection, held.stream().map(Held::entityId).collect(Collectors.toCollection(LinkedHashSet::new)));
        }
        for (Held run : held) {
            if (arrival.isFor(run.staleToo())) {
                LaneSql.release(
                        connection,
                        arrival.messageId(),
                        run.handler(),
                        arrival.verdict().isLate(),
                        now);
            } else {
                LaneSql.remove(connection, arrival.messageId(), run.handler());
                LaneSql.promote(connection, run.handler(), run.entityId());
            }
        }
        if (!InboxSql.hasRuns(connection, arrival.messageId())) {
            return false;
        }
        if (arrival.clearPayload()) {
            LaneSql.clearLater(connection, arrival.messageId());
        }
        return true;
    }

    /** Makes runs anew for a message that is to be replayed: of those that died, and of all that want it. */
    public void replay(Connection connection, Arrival arrival, long now) throws SQLException {
        List<RunRow> runs = new ArrayList<>(LaneSql.takeDead(connection, arrival.messageId(), now));
        Set<RunRow.Key> dead = runs.stream().map(RunRow::key).collect(Collectors.toSet());
        List<RunRow> wanted = new ArrayList<>();
        add(arrival, true, now, wanted);
        wanted.stream().filter(run -> !dead.contains(run.key())).forEach(runs::add);
        write(connection, runs);
    }

    /**
     * Makes runs anew for these handlers alone, whether they want the message or not is theirs to find: they were
     * asked for by their names.
     */
    public void replay(Connection connection, Arrival arrival, Collection<String> handlers, long now)
            throws SQLException {
        List<RunRow> runs = new ArrayList<>();
        for (String handler : handlers) {
            RunRow dead = LaneSql.takeDead(connection, arrival.messageId(), handler, now)
                    .orElse(null);
            runs.add(dead != null ? dead : run(arrival, new Wants.Want(handler, true), true, now));
        }
        write(connection, runs);
    }

    /** Removes a run that is done, and the payload if nobody else waits for it and it must go; the next comes up. */
    public void finish(Connection connection, RunRow run) throws SQLException {
        lock(connection, List.of(run.entityId()));
        LaneSql.remove(connection, run.messageId(), run.handler());
        LaneSql.promote(connection, run.handler(), run.entityId());
        if (run.clearPayload() && !InboxSql.hasRuns(connection, run.messageId())) {
            int unused = InboxSql.clearPayloads(connection, List.of(run.messageId()));
        }
    }

    /**
     * Makes a dead letter of a run; the next comes up.
     *
     * @return false when somebody else has noted an attempt meanwhile, and nothing was changed
     */
    public boolean bury(Connection connection, RunRow run, RunFailure failure) throws SQLException {
        lock(connection, List.of(run.entityId()));
        boolean noted = LaneSql.die(connection, run, failure);
        if (noted) {
            LaneSql.promote(connection, run.handler(), run.entityId());
        }
        return noted;
    }

    /**
     * Notes a failure and when the run is tried again; it stays the head of its lane.
     *
     * @return false when somebody else has noted an attempt meanwhile, and nothing was changed
     */
    public boolean retry(Connection connection, RunRow run, RunFailure failure, long nextAttemptAt)
            throws SQLException {
        return LaneSql.fail(connection, run, failure, nextAttemptAt);
    }

    /**
     * Notes when a run is due again, as its handler asked for; it stays the head of its lane.
     *
     * @return false when somebody else has noted an attempt meanwhile, and nothing was changed
     */
    public boolean postpone(Connection connection, RunRow run, long nextAttemptAt) throws SQLException {
        return LaneSql.postpone(connection, run, nextAttemptAt);
    }

    private void lock(Connection connection, Collection<String> entityIds) throws SQLException {
        dialect.lockLanes(connection, entityIds, true);
    }
}
