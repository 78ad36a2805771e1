package io.github.bellhop.sync.lane;

import io.github.bellhop.sync.inbox.RunRow;
import io.github.bellhop.sync.inbox.StoredRun;
import io.github.bellhop.sync.store.Dialect;
import io.github.bellhop.sync.store.InboxSql;
import io.github.bellhop.sync.store.RunSql;
import io.github.bellhop.sync.store.RunSql.Held;
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
import org.jspecify.annotations.Nullable;

/**
 * The runs of handlers, in lanes: one handler and one entity. Of each lane one run, the head, may be under way; the
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

    /** Whether any handler wants events of this type; null is an event without one. */
    public boolean isWanted(@Nullable String type) {
        return !wants.of(type).isEmpty();
    }

    private void add(Arrival arrival, boolean replay, long now, List<RunRow> runs) {
        for (Wants.Want want : wants.of(arrival.type())) {
            if (arrival.isFor(want.staleToo())) {
                runs.add(new RunRow(
                        arrival.messageId(),
                        want.handler(),
                        arrival.lane(),
                        arrival.receivedAt(),
                        false,
                        arrival.seen() ? (Long) now : null,
                        arrival.seen() ? (Boolean) arrival.stale() : null,
                        want.staleToo(),
                        replay,
                        arrival.clearPayload()));
            }
        }
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
        List<Held> held = RunSql.held(connection, arrival.messageId());
        if (!held.isEmpty()) {
            lock(connection, held.stream().map(Held::entityId).collect(Collectors.toCollection(LinkedHashSet::new)));
        }
        for (Held run : held) {
            if (arrival.isFor(run.staleToo())) {
                RunSql.release(connection, arrival.messageId(), run.handler(), arrival.stale(), now);
            } else {
                RunSql.remove(connection, arrival.messageId(), run.handler());
                RunSql.promote(connection, run.handler(), run.entityId());
            }
        }
        if (!RunSql.hasRuns(connection, arrival.messageId())) {
            return false;
        }
        if (arrival.clearPayload()) {
            RunSql.clearLater(connection, arrival.messageId());
        }
        return true;
    }

    /** Makes runs anew for a message that is to be replayed: of those that died, and of all that want it. */
    public void replay(Connection connection, Arrival arrival, long now) throws SQLException {
        List<RunRow> runs = new ArrayList<>(RunSql.takeDead(connection, arrival.messageId(), now));
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
            RunRow dead = RunSql.takeDead(connection, arrival.messageId(), handler, now);
            runs.add(
                    dead != null
                            ? dead
                            : new RunRow(
                                    arrival.messageId(),
                                    handler,
                                    arrival.lane(),
                                    arrival.receivedAt(),
                                    false,
                                    arrival.seen() ? (Long) now : null,
                                    arrival.seen() ? (Boolean) arrival.stale() : null,
                                    true,
                                    true,
                                    false));
        }
        write(connection, runs);
    }

    /** Removes a run that is done, and the payload if nobody else waits for it and it must go; the next comes up. */
    public void finish(Connection connection, StoredRun run) throws SQLException {
        lock(connection, List.of(run.entityId()));
        RunSql.remove(connection, run.messageId(), run.handler());
        RunSql.promote(connection, run.handler(), run.entityId());
        if (run.clearPayload() && !RunSql.hasRuns(connection, run.messageId())) {
            int unused = InboxSql.clearPayloads(connection, List.of(run.messageId()));
        }
    }

    /**
     * Makes a dead letter of a run; the next comes up.
     *
     * @return false when somebody else has noted an attempt meanwhile, and nothing was changed
     */
    public boolean bury(Connection connection, StoredRun run, int attempts, String reason, long now)
            throws SQLException {
        lock(connection, List.of(run.entityId()));
        boolean noted = RunSql.noteDead(connection, run, attempts, reason, now);
        if (noted) {
            RunSql.promote(connection, run.handler(), run.entityId());
        }
        return noted;
    }

    private void lock(Connection connection, Collection<String> entityIds) throws SQLException {
        dialect.lockLanes(connection, entityIds, true);
    }
}
