package io.github.bellhop.sync.mend;

import io.github.bellhop.event.Envelope;
import io.github.bellhop.event.EnvelopeReader;
import io.github.bellhop.sync.inbox.IncomingMessage;
import io.github.bellhop.sync.inbox.MessageState;
import io.github.bellhop.sync.inbox.StoredMessage;
import io.github.bellhop.sync.lane.Arrival;
import io.github.bellhop.sync.metrics.SyncMetrics;
import io.github.bellhop.sync.mirror.Projection;
import io.github.bellhop.sync.settings.SyncSettings;
import io.github.bellhop.sync.store.Database;
import io.github.bellhop.sync.store.InboxSql;
import io.github.bellhop.sync.store.Limits;
import io.github.bellhop.sync.store.OpenTransaction;
import io.github.bellhop.sync.store.StoreException;
import io.github.bellhop.sync.write.Applied;
import io.github.bellhop.sync.write.LockedEntities;
import io.github.bellhop.sync.write.MessagePreparer;
import io.github.bellhop.sync.write.MirrorWriter;
import io.github.bellhop.sync.write.PreparedMessage;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Mirrors messages that are due, one per transaction, so that one that cannot be mirrored stops no other. A claim is
 * held by the transaction itself: a worker that dies releases it, and the attempt counts as not made.
 *
 * <p>{@link #runOnce()} may be called by several threads and instances at once.
 */
public final class Worker {
    private static final Logger log = LoggerFactory.getLogger(Worker.class);

    private final Database database;
    private final MessagePreparer preparer;
    private final MirrorWriter mirror;
    private final LockedEntities locked;
    private final SyncSettings settings;
    private final SyncMetrics metrics;
    private final RandomGenerator random;

    /**
     * A worker on this database.
     *
     * @param locked what other transactions hold
     * @param random where the jitter of its waits comes from
     */
    public Worker(
            Database database,
            MessagePreparer preparer,
            MirrorWriter mirror,
            LockedEntities locked,
            SyncSettings settings,
            SyncMetrics metrics,
            RandomGenerator random) {
        this.database = database;
        this.preparer = preparer;
        this.mirror = mirror;
        this.locked = locked;
        this.settings = settings;
        this.metrics = metrics;
        this.random = random;
    }

    /**
     * Tries every message that is due now, each once.
     *
     * @return how many attempts were made
     * @throws StoreException when the store is down; what was mirrored before that is
     */
    public int runOnce() {
        long now = settings.clock().millis();
        int attempts = 0;
        while (tryNext(now)) {
            attempts++;
        }
        return attempts;
    }

    private boolean tryNext(long now) {
        try (OpenTransaction transaction = database.begin()) {
            Optional<StoredMessage> claimed = transaction.on(connection -> {
                database.dialect().limit(connection, database.scoped(Limits.IMPATIENT));
                return InboxSql.claimDue(connection, database.dialect(), now);
            });
            if (claimed.isPresent()) {
                mirror(transaction, claimed.get());
            } else {
                transaction.commit();
            }
            return claimed.isPresent();
        }
    }

    private void mirror(OpenTransaction transaction, StoredMessage message) {
        Optional<Projection> projection = Optional.empty();
        try {
            Optional<PreparedMessage> prepared = prepared(message);
            projection = prepared.flatMap(found -> Optional.ofNullable(found.projection()));
            boolean mirrored = transaction.on(connection -> mirror(connection, message, prepared));
            transaction.commit();
            if (mirrored) {
                projection.ifPresent(locked::written);
            }
        } catch (RuntimeException fault) {
            // The failure is noted in a transaction of its own.
            transaction.end();
            if (fault instanceof StoreException store && store.kind() == StoreException.Kind.UNAVAILABLE) {
                throw fault;
            }
            if (fault instanceof StoreException store && store.isLockWait()) {
                leave(message, projection);
            } else {
                recordFailure(message, fault);
            }
        }
    }

    /** Empty when the payload has expired. */
    private Optional<PreparedMessage> prepared(StoredMessage message) {
        if (message.payload() == null) {
            return Optional.empty();
        }
        Envelope envelope = EnvelopeReader.read(message.payload());
        return Optional.of(preparer.prepareOrFail(
                new IncomingMessage(message.messageId(), envelope, message.receivedAt(), message.payload())));
    }

    /** Another transaction holds what the message needs, so the attempt does not count. */
    private void leave(StoredMessage message, Optional<Projection> projection) {
        projection.ifPresent(held -> {
            boolean unused = locked.ask(List.of(held));
        });
        int unused = database.inTransaction(connection -> {
            leave(connection, message);
            return 0;
        });
    }

    private void leave(Connection connection, StoredMessage message) throws SQLException {
        Duration pause = locked.pause(message.receivedAt());
        InboxSql.defer(
                connection, message, settings.clock().instant().plus(pause).toEpochMilli());
        metrics.countAttempt("held");
        log.debug("Message {} waits for another transaction's lock", message.messageId());
    }

    /** Returns whether the mirror was written. */
    private boolean mirror(Connection connection, StoredMessage message, Optional<PreparedMessage> found)
            throws SQLException {
        if (found.isEmpty()) {
            record(connection, message, MessageState.KEPT, "payload-expired");
            boolean unused = settle(connection, timely(message.messageId()));
            return false;
        }
        PreparedMessage prepared = found.get();
        Projection projection = prepared.projection();
        if (projection == null) {
            record(connection, message, prepared.row().state(), prepared.row().reason());
            boolean unused = settle(connection, Arrival.of(prepared.row(), message.messageId()));
            return false;
        }
        if (locked.isJustSeen(projection)) {
            leave(connection, message);
            return false;
        }
        Applied applied = mirror.apply(
                connection, message.messageId(), projection, settings.clock().instant());
        metrics.countMisfits(projection.misfits());
        boolean nothing = applied.isNothing();
        record(
                connection,
                message,
                nothing ? prepared.row().state() : applied.state(),
                nothing ? prepared.row().reason() : applied.reason());
        boolean waitedFor = settle(connection, applied.arrival(prepared.row(), message.messageId()));
        if (applied.clearPayload() && !waitedFor) {
            int unused = InboxSql.clearPayloads(connection, List.of(message.messageId()));
        }
        return true;
    }

    /** Their runs stand in their lanes already, so that the arrival's own is not looked at. */
    private boolean settle(Connection connection, Arrival arrival) throws SQLException {
        return mirror.lanes().settle(connection, arrival, settings.clock().millis());
    }

    /** Handlers are given what the mirror could not take, too: nothing says that it is late. */
    private static Arrival timely(String messageId) {
        return new Arrival(messageId, null, messageId, 0, Arrival.Verdict.TIMELY, false);
    }

    private void record(Connection connection, StoredMessage message, MessageState state, @Nullable String reason)
            throws SQLException {
        InboxSql.recordDone(
                connection, message.messageId(), state, reason, settings.clock().millis());
        metrics.countAttempt(state.id());
        log.info("Message {} is mended: {}", message.messageId(), state.id());
    }

    private void recordFailure(StoredMessage message, RuntimeException fault) {
        Duration delay = settings.retry().delayAfter(message.attempts() + 1, random);
        long now = settings.clock().millis();
        Long next = delay == null ? null : (Long) (now + Math.max(1, delay.toMillis()));
        String reason = StoreException.brief(fault);
        database.inTransaction(connection -> {
            InboxSql.recordFailure(connection, message, reason, next, now);
            return next != null || settle(connection, timely(message.messageId()));
        });
        metrics.countAttempt(next == null ? "dead" : "failed");
        if (next == null) {
            log.error(
                    "Message {} is a dead letter after {} attempts: {}",
                    message.messageId(),
                    message.attempts() + 1,
                    reason);
        } else {
            log.warn(
                    "Message {} could not be mirrored ({}); attempt {} of {} in {}",
                    message.messageId(),
                    reason,
                    message.attempts() + 2,
                    settings.retry().maxAttempts(),
                    delay);
        }
    }
}
