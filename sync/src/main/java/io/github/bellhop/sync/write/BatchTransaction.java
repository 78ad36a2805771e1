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
 * Writes a batch: appends the messages to the inbox and mirrors them in one transaction. If that fails although the
 * store is up, the messages are only appended, and the worker mirrors them one by one.
 */
final class BatchTransaction {
    private static final Logger log = LoggerFactory.getLogger(BatchTransaction.class);
    /** The maximum number of attempts for a batch that conflicts with other transactions. */
    private static final int MAX_ATTEMPTS = 3;

    /** The time limit for storing a batch in smaller and smaller parts, while the messages' senders wait. */
    private static final Duration SPLIT_TIMEOUT = Duration.ofSeconds(3);

    private final Database database;
    private final MirrorWriter mirror;
    private final LockedEntities locked;
    private final SyncMetrics metrics;
    private final InstantSource clock;
    private final Runnable onFallback;
    private final Runnable onRuns;
    private final ForeignNotice foreign;

    /**
     * Creates an object that writes batches to a database.
     *
     * @param onFallback called after messages have been left to the worker
     * @param onRuns     called after handler runs have been added
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
     * @return for each message, whether it is now stored or was already known; {@link Receipt#UNAVAILABLE} only for
     *     messages that another transaction prevents from being stored
     * @throws StoreException if the store is down. Nothing is stored, unless the connection was lost during the commit;
     *     in that case, the batch may have been stored
     */
    List<Receipt> write(List<PreparedMessage> batch) {
        for (int attempt = 1; ; attempt++) {
            List<PreparedMessage> available = withoutLocked(batch);
            Limits limits = database.scoped(attempt == 1 ? Limits.BATCH : Limits.SHORT_LOCK_WAIT);
            try {
                Appended appended =
                        database.inOpenTransaction(connection -> appendAndMirror(connection, limits, available));
                return recordBatch(available, appended);
            } catch (StoreException fault) {
                if (fault.kind() == StoreException.Kind.UNAVAILABLE) {
                    throw fault;
                }
                if (fault.kind() != StoreException.Kind.CONFLICT
                        || attempt == MAX_ATTEMPTS
                        || !mayRetry(fault, attempt, available)) {
                    return appendOnly(batch, fault);
                }
            } catch (RuntimeException fault) {
                return appendOnly(batch, fault);
            }
        }
    }

    /** Returns the batch, with the messages that need locked entities left to the worker. */
    private List<PreparedMessage> withoutLocked(List<PreparedMessage> batch) {
        if (locked.isEmpty()) {
            return batch;
        }
        Set<Projection> held = locked.findLocked(projections(batch));
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
     * Returns whether to try again. After a lock timeout, finds the locked entities, so that the next attempt can leave
     * out their messages. If none are found, the lock may have been released.
     */
    private boolean mayRetry(StoreException fault, int attempt, List<PreparedMessage> batch) {
        if (!fault.isLockWait()) {
            return true;
        }
        metrics.countLockWait();
        return locked.refresh(projections(batch)) || attempt == 1;
    }

    private static List<Projection> projections(List<PreparedMessage> batch) {
        return batch.stream()
                .map(PreparedMessage::toMirror)
                .filter(Objects::nonNull)
                .toList();
    }

    private List<Receipt> recordBatch(List<PreparedMessage> batch, Appended appended) {
        if (!appended.withRuns().isEmpty()) {
            onRuns.run();
        }
        int held = (int) batch.stream()
                .filter(PreparedMessage::isLeftToWorker)
                .filter(message -> appended.applied().containsKey(message.messageId()))
                .count();
        if (held > 0) {
            metrics.countHeld(held);
            log.debug(
                    "{} messages need entities that another transaction has locked; the worker will mirror them", held);
            onFallback.run();
        }
        return receipts(batch, appended);
    }

    private Appended appendAndMirror(Connection connection, Limits limits, List<PreparedMessage> batch)
            throws SQLException {
        Map<String, PreparedMessage> byId = new LinkedHashMap<>();
        batch.forEach(message -> byId.putIfAbsent(message.messageId(), message));
        // Messages are inserted with their expected state. The few with a different result are corrected below.
        Appended appended = mirror.append(connection, limits, byId.values(), clock.instant());
        correct(connection, byId, appended);
        Set<String> held =
                subjects(batch.stream().filter(PreparedMessage::isLeftToWorker).toList());
        if (!held.isEmpty()) {
            InboxSql.searchPayloadsAgain(connection, held);
        }
        return appended;
    }

    private record Status(MessageState state, @Nullable String reason) {}

    private static void correct(Connection connection, Map<String, PreparedMessage> batch, Appended appended)
            throws SQLException {
        Map<Status, List<String>> corrections = new LinkedHashMap<>(0);
        List<String> cleared = new ArrayList<>(0);
        appended.applied().forEach((id, result) -> {
            PreparedMessage expected = Objects.requireNonNull(batch.get(id));
            if (result.state() != expected.state() || !Objects.equals(result.reason(), expected.reason())) {
                corrections
                        .computeIfAbsent(new Status(result.state(), result.reason()), status -> new ArrayList<>(1))
                        .add(id);
            }
            if (result.clearPayload() && !appended.withRuns().contains(id)) {
                cleared.add(id);
            }
        });
        for (Map.Entry<Status, List<String>> correction : corrections.entrySet()) {
            InboxSql.setState(
                    connection, correction.getKey().state(), correction.getKey().reason(), correction.getValue());
        }
        InboxSql.clearPayloads(connection, cleared);
    }

    private List<Receipt> appendOnly(List<PreparedMessage> batch, RuntimeException fault) {
        log.warn(
                "A batch of {} messages could not be mirrored ({}); storing them for the worker to retry",
                batch.size(),
                StoreException.brief(fault));
        long now = clock.millis();
        boolean held = fault instanceof StoreException store && store.isLockWait();
        List<PreparedMessage> fallback = batch.stream()
                .map(message -> message.state() == MessageState.MIRRORED ? message.leftToWorker(now, held) : message)
                .toList();
        List<Receipt> receipts = store(fallback, System.nanoTime() + SPLIT_TIMEOUT.toNanos());
        metrics.countFallback();
        onFallback.run();
        return receipts;
    }

    /**
     * Stores a batch. After a lock timeout, stores it in parts, because another server may be storing one of the same
     * messages.
     */
    private List<Receipt> store(List<PreparedMessage> batch, long until) {
        try {
            return receipts(batch, append(batch));
        } catch (StoreException fault) {
            if (!fault.isLockWait() || batch.size() == 1 || System.nanoTime() > until) {
                throw fault;
            }
            int half = batch.size() / 2;
            List<Receipt> receipts = new ArrayList<>(batch.size());
            receipts.addAll(storeOrRefuse(batch.subList(0, half), until));
            receipts.addAll(storeOrRefuse(batch.subList(half, batch.size()), until));
            if (receipts.stream().allMatch(receipt -> receipt == Receipt.UNAVAILABLE)) {
                throw fault;
            }
            return receipts;
        }
    }

    private List<Receipt> storeOrRefuse(List<PreparedMessage> batch, long until) {
        try {
            return store(batch, until);
        } catch (StoreException fault) {
            if (!fault.isLockWait()) {
                throw fault;
            }
            return Collections.nCopies(batch.size(), Receipt.UNAVAILABLE);
        }
    }

    private Appended append(List<PreparedMessage> batch) {
        Instant now = clock.instant();
        return database.inTransaction(Limits.SHORT_LOCK_WAIT, connection -> {
            Appended appended = mirror.appendOnly(connection, batch, now);
            InboxSql.searchPayloadsAgain(connection, subjects(batch));
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
        Set<String> added = new HashSet<>(appended.applied().keySet());
        List<Receipt> receipts = new ArrayList<>(batch.size());
        for (PreparedMessage message : batch) {
            String id = message.messageId();
            if (added.remove(id)) {
                receipts.add(Receipt.KEPT);
                metrics.countMessage(Objects.requireNonNull(appended.applied().get(id))
                        .state()
                        .id());
                foreign.count(message.state(), message.reason());
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
