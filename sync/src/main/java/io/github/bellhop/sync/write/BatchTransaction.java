package io.github.bellhop.sync.write;

import io.github.bellhop.sync.inbox.Intake.Receipt;
import io.github.bellhop.sync.inbox.MessageState;
import io.github.bellhop.sync.metrics.SyncMetrics;
import io.github.bellhop.sync.mirror.PreparedMessage;
import io.github.bellhop.sync.mirror.Projection;
import io.github.bellhop.sync.store.Database;
import io.github.bellhop.sync.store.InboxSql;
import io.github.bellhop.sync.store.Limits;
import io.github.bellhop.sync.store.StoreException;
import io.github.bellhop.sync.write.MirrorWriter.Appended;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What happens to one batch: the messages are appended to the inbox and mirrored in one transaction. If that fails for
 * another reason than the store being down, they are appended alone, and the worker mirrors them one by one.
 */
final class BatchTransaction {
    private static final Logger log = LoggerFactory.getLogger(BatchTransaction.class);
    /** How often a batch is tried that gets into another transaction's way. */
    private static final int MAX_ATTEMPTS = 3;

    /** How long messages are stored in ever smaller parts. Their senders wait. */
    private static final Duration KEEPING = Duration.ofSeconds(3);

    private final Database database;
    private final MirrorWriter mirror;
    private final LockedEntities locked;
    private final SyncMetrics metrics;
    private final InstantSource clock;
    private final Runnable onFallback;
    private final Runnable onRuns;
    private final ForeignNotice foreign;

    /**
     * A transaction of this database.
     *
     * @param onFallback told when messages were left to the worker
     * @param onRuns     told when handlers are to run
     */
    BatchTransaction(
            Database database,
            MirrorWriter mirror,
            SyncMetrics metrics,
            InstantSource clock,
            Runnable onFallback,
            Runnable onRuns) {
        this.database = database;
        this.mirror = mirror;
        locked = mirror.locked();
        this.metrics = metrics;
        this.clock = clock;
        this.onFallback = onFallback;
        this.onRuns = onRuns;
        foreign = new ForeignNotice(clock);
    }

    /**
     * Writes a batch.
     *
     * @return per message whether it is kept now or was known; {@link Receipt#UNAVAILABLE} for those alone that somebody
     *     else keeps from being stored
     * @throws StoreException when the store is down: nothing is kept, except that after a lost commit it may be
     */
    List<Receipt> write(List<PreparedMessage> batch) {
        for (int attempt = 1; ; attempt++) {
            List<PreparedMessage> parted = withoutLocked(batch);
            Limits limits = database.scoped(attempt == 1 ? Limits.BATCH : Limits.IMPATIENT);
            try {
                Appended appended =
                        database.inOpenTransaction(connection -> appendAndMirror(connection, limits, parted));
                return written(parted, appended);
            } catch (StoreException fault) {
                if (fault.kind() == StoreException.Kind.UNAVAILABLE) {
                    throw fault;
                }
                if (fault.kind() != StoreException.Kind.CONFLICT
                        || attempt == MAX_ATTEMPTS
                        || !mayPass(fault, attempt, parted)) {
                    return appendOnly(batch, fault);
                }
            } catch (RuntimeException fault) {
                return appendOnly(batch, fault);
            }
        }
    }

    /** The same messages; those that need what somebody else holds are to be kept for the worker. */
    private List<PreparedMessage> withoutLocked(List<PreparedMessage> batch) {
        if (locked.isNone()) {
            return batch;
        }
        Set<Projection> held = locked.among(projections(batch));
        long now = clock.millis();
        return held.isEmpty()
                ? batch
                : batch.stream()
                        .map(message -> message.toMirror() != null && held.contains(message.toMirror())
                                ? message.leftToWorker(now, true)
                                : message)
                        .toList();
    }

    /**
     * Whether another attempt may go through: what is locked is found out, so that it can be left out. If nothing is, the
     * lock may be gone by now.
     */
    private boolean mayPass(StoreException fault, int attempt, List<PreparedMessage> batch) {
        if (!fault.isLockWait()) {
            return true;
        }
        metrics.countLockWait();
        return locked.ask(projections(batch)) || attempt == 1;
    }

    private static List<Projection> projections(List<PreparedMessage> batch) {
        return batch.stream()
                .map(PreparedMessage::toMirror)
                .filter(Objects::nonNull)
                .toList();
    }

    private List<Receipt> written(List<PreparedMessage> batch, Appended appended) {
        if (!appended.handed().isEmpty()) {
            onRuns.run();
        }
        int held = (int) batch.stream()
                .filter(PreparedMessage::isLeftToWorker)
                .filter(message -> appended.applied().containsKey(message.messageId()))
                .count();
        if (held > 0) {
            metrics.countHeld(held);
            log.debug("{} messages wait for another transaction's lock; they are kept for the worker", held);
            onFallback.run();
        }
        return receipts(batch, appended);
    }

    private Appended appendAndMirror(Connection connection, Limits limits, List<PreparedMessage> batch)
            throws SQLException {
        Map<String, PreparedMessage> byId = new LinkedHashMap<>();
        batch.forEach(message -> byId.putIfAbsent(message.messageId(), message));
        // Written with the state that is expected; the few that turn out otherwise are corrected below.
        Appended appended = mirror.append(connection, limits, byId.values(), clock.instant());
        correct(connection, byId, appended);
        Set<String> held =
                subjects(batch.stream().filter(PreparedMessage::isLeftToWorker).toList());
        if (!held.isEmpty()) {
            InboxSql.lookAgain(connection, held);
        }
        return appended;
    }

    private record Standing(MessageState state, @Nullable String reason) {}

    private static void correct(Connection connection, Map<String, PreparedMessage> batch, Appended appended)
            throws SQLException {
        Map<Standing, List<String>> others = new LinkedHashMap<>(0);
        List<String> cleared = new ArrayList<>(0);
        appended.applied().forEach((id, result) -> {
            PreparedMessage written = Objects.requireNonNull(batch.get(id));
            if (result.state() != written.state() || !Objects.equals(result.reason(), written.reason())) {
                others.computeIfAbsent(new Standing(result.state(), result.reason()), standing -> new ArrayList<>(1))
                        .add(id);
            }
            if (result.clearPayload() && !appended.handed().contains(id)) {
                cleared.add(id);
            }
        });
        for (Map.Entry<Standing, List<String>> other : others.entrySet()) {
            InboxSql.setState(connection, other.getKey().state(), other.getKey().reason(), other.getValue());
        }
        InboxSql.clearPayloads(connection, cleared);
    }

    private List<Receipt> appendOnly(List<PreparedMessage> batch, RuntimeException fault) {
        log.warn(
                "A batch of {} messages could not be mirrored ({}); they are stored for the worker to retry",
                batch.size(),
                StoreException.brief(fault));
        long now = clock.millis();
        boolean held = fault instanceof StoreException store && store.isLockWait();
        List<PreparedMessage> left = batch.stream()
                .map(message -> message.state() == MessageState.MIRRORED ? message.leftToWorker(now, held) : message)
                .toList();
        List<Receipt> receipts = keep(left, System.nanoTime() + KEEPING.toNanos());
        metrics.countFallback();
        onFallback.run();
        return receipts;
    }

    /** In parts, where somebody keeps one message from being stored: another server that stores the same one. */
    private List<Receipt> keep(List<PreparedMessage> batch, long until) {
        try {
            return receipts(batch, append(batch));
        } catch (StoreException fault) {
            if (!fault.isLockWait() || batch.size() == 1 || System.nanoTime() > until) {
                throw fault;
            }
            int half = batch.size() / 2;
            List<Receipt> receipts = new ArrayList<>(batch.size());
            receipts.addAll(keepOrRefuse(batch.subList(0, half), until));
            receipts.addAll(keepOrRefuse(batch.subList(half, batch.size()), until));
            if (receipts.stream().allMatch(receipt -> receipt == Receipt.UNAVAILABLE)) {
                throw fault;
            }
            return receipts;
        }
    }

    private List<Receipt> keepOrRefuse(List<PreparedMessage> batch, long until) {
        try {
            return keep(batch, until);
        } catch (StoreException fault) {
            if (!fault.isLockWait()) {
                throw fault;
            }
            return Collections.nCopies(batch.size(), Receipt.UNAVAILABLE);
        }
    }

    private Appended append(List<PreparedMessage> batch) {
        Instant now = clock.instant();
        return database.inTransaction(Limits.IMPATIENT, connection -> {
            Appended appended = mirror.appendOnly(connection, batch, now);
            InboxSql.lookAgain(connection, subjects(batch));
            return appended;
        });
    }

    private static Set<String> subjects(List<PreparedMessage> messages) {
        return messages.stream()
                .map(PreparedMessage::subjectId)
                .filter(Objects::nonNull)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private List<Receipt> receipts(List<PreparedMessage> batch, Appended appended) {
        Set<String> fresh = new HashSet<>(appended.applied().keySet());
        List<Receipt> receipts = new ArrayList<>(batch.size());
        for (PreparedMessage message : batch) {
            String id = message.messageId();
            if (fresh.remove(id)) {
                receipts.add(Receipt.KEPT);
                metrics.countMessage(Objects.requireNonNull(appended.applied().get(id))
                        .state()
                        .id());
                foreign.note(message.state(), message.reason());
                metrics.countMisfits(
                        message.toMirror() == null ? 0 : message.toMirror().misfits());
            } else {
                receipts.add(Receipt.KNOWN);
                metrics.countDuplicate();
            }
        }
        return receipts;
    }
}
