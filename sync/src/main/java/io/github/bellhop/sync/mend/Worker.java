package io.github.bellhop.sync.mend;

import io.github.bellhop.event.Envelope;
import io.github.bellhop.event.EnvelopeReader;
import io.github.bellhop.sync.IncomingMessage;
import io.github.bellhop.sync.SyncMetrics;
import io.github.bellhop.sync.SyncSettings;
import io.github.bellhop.sync.inbox.MessageState;
import io.github.bellhop.sync.inbox.StoredMessage;
import io.github.bellhop.sync.lane.Arrival;
import io.github.bellhop.sync.store.Database;
import io.github.bellhop.sync.store.InboxSql;
import io.github.bellhop.sync.store.StoreException;
import io.github.bellhop.sync.write.Applied;
import io.github.bellhop.sync.write.MessagePreparer;
import io.github.bellhop.sync.write.MirrorWriter;
import io.github.bellhop.sync.write.PreparedMessage;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
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
    private final SyncSettings settings;
    private final SyncMetrics metrics;
    private final RandomGenerator random;

    /**
     * A worker on this database.
     *
     * @param random where the jitter of its waits comes from
     */
    public Worker(
            Database database,
            MessagePreparer preparer,
            MirrorWriter mirror,
            SyncSettings settings,
            SyncMetrics metrics,
            RandomGenerator random) {
        this.database = database;
        this.preparer = preparer;
        this.mirror = mirror;
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
        Claim claim = new Claim();
        try {
            return database.inTransaction(connection -> {
                claim.message = database.dialect().claimDue(connection, now);
                if (claim.message == null) {
                    return false;
                }
                mirror(connection, claim.message);
                return true;
            });
        } catch (StoreException fault) {
            if (claim.message == null || fault.kind() == StoreException.Kind.UNAVAILABLE) {
                throw fault;
            }
            recordFailure(claim.message, fault);
        } catch (RuntimeException fault) {
            if (claim.message == null) {
                throw fault;
            }
            recordFailure(claim.message, fault);
        }
        return true;
    }

    /** What the transaction has claimed, known outside of it after it failed. */
    private static final class Claim {
        private @Nullable StoredMessage message;
    }

    private void mirror(Connection connection, StoredMessage message) throws SQLException {
        if (message.payload() == null) {
            record(connection, message, MessageState.KEPT, "payload-expired");
            boolean unused = settle(connection, unseen(message.messageId()));
            return;
        }
        Envelope envelope = EnvelopeReader.read(message.payload());
        PreparedMessage prepared = preparer.prepareOrFail(
                new IncomingMessage(message.messageId(), envelope, message.receivedAt(), message.payload()));
        if (prepared.projection() == null) {
            record(connection, message, prepared.row().state(), prepared.row().reason());
            boolean unused = settle(connection, Arrival.of(prepared.row()));
            return;
        }
        Applied applied = mirror.apply(
                connection,
                message.messageId(),
                prepared.projection(),
                settings.clock().instant());
        boolean nothing = applied.isNothing();
        record(
                connection,
                message,
                nothing ? prepared.row().state() : applied.state(),
                nothing ? prepared.row().reason() : applied.reason());
        boolean waitedFor = settle(connection, applied.arrival(prepared.row()));
        if (applied.clearPayload() && !waitedFor) {
            int unused = InboxSql.clearPayloads(connection, List.of(message.messageId()));
        }
    }

    private boolean settle(Connection connection, Arrival arrival) throws SQLException {
        return mirror.lanes().settle(connection, arrival, settings.clock().millis());
    }

    /** Handlers are given what the mirror could not take, too: nothing says that it is late. */
    private static Arrival unseen(String messageId) {
        return new Arrival(messageId, null, null, 0, true, true, false, false, false);
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
            return next != null || settle(connection, unseen(message.messageId()));
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
