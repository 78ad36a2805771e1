package io.github.bellhop.sync.write;

import io.github.bellhop.sync.Intake.Receipt;
import io.github.bellhop.sync.SyncMetrics;
import io.github.bellhop.sync.inbox.InboxRow;
import io.github.bellhop.sync.inbox.MessageState;
import io.github.bellhop.sync.lane.Arrival;
import io.github.bellhop.sync.store.Database;
import io.github.bellhop.sync.store.InboxSql;
import io.github.bellhop.sync.store.RetentionSql;
import io.github.bellhop.sync.store.StoreException;
import io.github.bellhop.sync.write.MirrorWriter.Appended;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What happens to one batch: the messages are appended to the inbox and mirrored in one transaction. If that fails for
 * another reason than the store being down, they are appended alone, and the worker mirrors them one by one.
 *
 * @hidden
 */
public final class BatchTransaction {
    private static final Logger log = LoggerFactory.getLogger(BatchTransaction.class);
    /** How often a batch is tried that gets into another transaction's way. */
    private static final int MAX_ATTEMPTS = 3;

    private final Database database;
    private final MirrorWriter mirror;
    private final SyncMetrics metrics;
    private final InstantSource clock;
    private final Runnable onFallback;
    private final Runnable onRuns;
    private final ForeignNotice foreign;

    /**
     * A transaction of this database.
     *
     * @param onFallback told when messages were left to the worker
     */
    public BatchTransaction(
            Database database, MirrorWriter mirror, SyncMetrics metrics, InstantSource clock, Runnable onFallback) {
        this(database, mirror, metrics, clock, onFallback, () -> {});
    }

    /**
     * A transaction of this database.
     *
     * @param onFallback told when messages were left to the worker
     * @param onRuns     told when handlers are to run
     */
    public BatchTransaction(
            Database database,
            MirrorWriter mirror,
            SyncMetrics metrics,
            InstantSource clock,
            Runnable onFallback,
            Runnable onRuns) {
        this.database = database;
        this.mirror = mirror;
        this.metrics = metrics;
        this.clock = clock;
        this.onFallback = onFallback;
        this.onRuns = onRuns;
        foreign = new ForeignNotice(clock);
    }

    /** How many batches may be written at once. */
    int batchesAtOnce() {
        return database.dialect().batchesAtOnce();
    }

    /**
     * Writes a batch.
     *
     * @return per message whether it is kept now or was known; never {@link Receipt#UNAVAILABLE}
     * @throws StoreException when the store is down: nothing is kept, except that after a lost commit it may be
     */
    public List<Receipt> write(List<PreparedMessage> batch) {
        for (int attempt = 1; ; attempt++) {
            try {
                Appended appended = database.inTransaction(connection -> appendAndMirror(connection, batch));
                if (!appended.handed().isEmpty()) {
                    onRuns.run();
                }
                return receipts(batch, appended.added(), appended.applied());
            } catch (StoreException fault) {
                if (fault.kind() == StoreException.Kind.UNAVAILABLE) {
                    throw fault;
                }
                if (fault.kind() != StoreException.Kind.CONFLICT || attempt == MAX_ATTEMPTS) {
                    return appendOnly(batch, fault);
                }
            } catch (RuntimeException fault) {
                return appendOnly(batch, fault);
            }
        }
    }

    private Appended appendAndMirror(Connection connection, List<PreparedMessage> batch) throws SQLException {
        Map<String, PreparedMessage> byId = new LinkedHashMap<>();
        batch.forEach(message -> byId.putIfAbsent(message.row().messageId(), message));
        // Written with the state that is expected; the few that turn out otherwise are corrected below.
        Appended appended = mirror.append(connection, byId.values(), clock.instant());
        correct(connection, appended);
        return appended;
    }

    private static void correct(Connection connection, Appended appended) throws SQLException {
        List<String> stale = new ArrayList<>(0);
        List<String> erased = new ArrayList<>(0);
        List<String> cleared = new ArrayList<>(0);
        appended.applied().forEach((id, result) -> {
            if (result.reason() != null) {
                erased.add(id);
            } else if (result.state() == MessageState.STALE) {
                stale.add(id);
            }
            if (result.clearPayload() && !appended.handed().contains(id)) {
                cleared.add(id);
            }
        });
        InboxSql.setState(connection, MessageState.STALE, null, stale);
        InboxSql.setState(connection, MessageState.KEPT, "erased", erased);
        InboxSql.clearPayloads(connection, cleared);
    }

    private List<Receipt> appendOnly(List<PreparedMessage> batch, RuntimeException fault) {
        log.warn(
                "A batch of {} messages could not be mirrored ({}); they are kept for the worker to mend",
                batch.size(),
                StoreException.brief(fault));
        long now = clock.millis();
        List<InboxRow> rows = batch.stream()
                .map(message -> message.row().state() == MessageState.MIRRORED
                        ? message.row().awaitingMend(now)
                        : message.row())
                .toList();
        Set<String> subjects = rows.stream()
                .map(InboxRow::subjectId)
                .filter(Objects::nonNull)
                .collect(Collectors.toCollection(TreeSet::new));
        Set<String> added = database.inTransaction(connection -> {
            Set<String> ids = database.dialect().appendMessages(connection, rows);
            RetentionSql.lookAgain(connection, subjects);
            List<Arrival> arrivals = rows.stream()
                    .filter(row -> ids.contains(row.messageId()))
                    .map(Arrival::of)
                    .toList();
            Set<String> unused = mirror.lanes().append(connection, arrivals, now);
            return ids;
        });
        metrics.countFallback();
        onFallback.run();
        return receipts(batch, added, Map.of());
    }

    private List<Receipt> receipts(List<PreparedMessage> batch, Set<String> added, Map<String, Applied> applied) {
        Set<String> fresh = new HashSet<>(added);
        List<Receipt> receipts = new ArrayList<>(batch.size());
        for (PreparedMessage message : batch) {
            String id = message.row().messageId();
            if (fresh.remove(id)) {
                receipts.add(Receipt.KEPT);
                Applied result = applied.get(id);
                MessageState state =
                        result == null || result.isNothing() ? message.row().state() : result.state();
                metrics.countMessage(state.id());
                foreign.note(message.row());
                metrics.countMisfits(
                        message.projection() == null ? 0 : message.projection().misfits());
            } else {
                receipts.add(Receipt.KNOWN);
                metrics.countDuplicate();
            }
        }
        return receipts;
    }

    /** Asks the store for a sign of life. */
    void probe() {
        boolean alive = database.read(connection -> connection.isValid(2));
        if (!alive) {
            throw new IllegalStateException("The store gives connections that do not work.");
        }
    }
}
