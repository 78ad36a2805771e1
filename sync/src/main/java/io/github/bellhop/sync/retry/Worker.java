package io.github.bellhop.sync.retry;

import io.github.bellhop.event.EnvelopeReader;
import io.github.bellhop.sync.inbox.IncomingMessage;
import io.github.bellhop.sync.inbox.MessageRecord;
import io.github.bellhop.sync.inbox.StoredMessage;
import io.github.bellhop.sync.metrics.SyncMetrics;
import io.github.bellhop.sync.mirror.MessagePreparer;
import io.github.bellhop.sync.mirror.PreparedMessage;
import io.github.bellhop.sync.mirror.Projection;
import io.github.bellhop.sync.settings.SyncSettings;
import io.github.bellhop.sync.store.Database;
import io.github.bellhop.sync.store.InboxSql;
import io.github.bellhop.sync.store.Limits;
import io.github.bellhop.sync.store.OpenTransaction;
import io.github.bellhop.sync.store.StoreException;
import io.github.bellhop.sync.write.Applied;
import io.github.bellhop.sync.write.MirrorWriter;
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
 * Mirrors due messages, one per transaction, so that a message that cannot be mirrored does not block other messages.
 * The claim lasts as long as the transaction: if a worker crashes, its claim is released and the attempt does not
 * count.
 *
 * <p>Several threads and instances may call {@link #runOnce()} at once.
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
     * Creates a worker for this database.
     *
     * @param random the source of the jitter in the retry delays
     */
    public Worker(
            Database database,
            MirrorWriter mirror,
            SyncSettings settings,
            SyncMetrics metrics,
            RandomGenerator random) {
        this.database = database;
        this.mirror = mirror;
        this.settings = settings;
        this.metrics = metrics;
        this.random = random;
        preparer = new MessagePreparer(settings.mirror(), settings.expectedInstanceId());
    }

    /**
     * Makes one attempt to mirror each message that is due now.
     *
     * @return the number of attempts
     * @throws StoreException if the database is unavailable; messages mirrored before that stay mirrored
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
                database.dialect().limit(connection, database.scoped(Limits.SHORT_LOCK_WAIT));
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
        Projection projection = null;
        try {
            PreparedMessage prepared = message.payload() == null ? null : prepared(message.about(), message.payload());
            projection = prepared == null ? null : prepared.projection();
            boolean mirrored = transaction.on(connection -> mirror(connection, message.about(), prepared));
            transaction.commit();
            if (mirrored && projection != null) {
                mirror.locked().forget(projection);
            }
        } catch (RuntimeException fault) {
            // The failure is recorded in a separate transaction.
            transaction.end();
            if (fault instanceof StoreException store && store.kind() == StoreException.Kind.UNAVAILABLE) {
                throw fault;
            }
            if (fault instanceof StoreException store && store.isLockWait()) {
                postpone(message.about(), projection);
            } else {
                recordFailure(message.about(), fault);
            }
        }
    }

    private PreparedMessage prepared(MessageRecord message, byte[] payload) {
        return preparer.prepareOrFail(
                new IncomingMessage(message.messageId(), EnvelopeReader.read(payload), message.receivedAt(), payload));
    }

    /** Postpones a message whose rows are locked by another transaction. The attempt does not count. */
    private void postpone(MessageRecord message, @Nullable Projection projection) {
        if (projection != null) {
            boolean unused = mirror.locked().refresh(List.of(projection));
        }
        int unused = database.inTransaction(connection -> {
            postpone(connection, message);
            return 0;
        });
    }

    private void postpone(Connection connection, MessageRecord message) throws SQLException {
        Duration pause = mirror.locked().pause(message.receivedAt());
        InboxSql.defer(
                connection, message, settings.clock().instant().plus(pause).toEpochMilli());
        metrics.countAttempt("held");
        log.debug("Message {} is waiting for another transaction's lock", message.messageId());
    }

    /**
     * Mirrors a message, or records that there is nothing to mirror. If the message has to wait, postpones it instead.
     *
     * @param prepared the parsed message; null if the payload has expired
     * @return false if the message was postponed
     */
    private boolean mirror(Connection connection, MessageRecord message, @Nullable PreparedMessage prepared)
            throws SQLException {
        Projection projection = prepared == null ? null : prepared.projection();
        if (projection != null && mirror.locked().isRecentlyLocked(projection)) {
            postpone(connection, message);
            return false;
        }
        Applied applied = prepared == null
                ? Applied.PAYLOAD_EXPIRED
                : mirror.apply(connection, prepared, settings.clock().instant());
        metrics.countMisfits(projection == null ? 0 : projection.misfits());
        InboxSql.recordDone(
                connection,
                message.messageId(),
                applied.state(),
                applied.reason(),
                settings.clock().millis());
        metrics.countAttempt(applied.state().id());
        log.info(
                "Message {} was retried: {}",
                message.messageId(),
                applied.state().id());
        boolean hasRuns = settle(connection, message, applied);
        if (applied.clearPayload() && !hasRuns) {
            int unused = InboxSql.clearPayloads(connection, List.of(message.messageId()));
        }
        return true;
    }

    private boolean settle(Connection connection, MessageRecord message, Applied applied) throws SQLException {
        return mirror.lanes()
                .releaseRuns(connection, message, applied, settings.clock().millis());
    }

    private void recordFailure(MessageRecord message, RuntimeException fault) {
        Duration delay = settings.retry().delayAfter(message.attempts() + 1, random);
        long now = settings.clock().millis();
        Long next = delay == null ? null : (Long) (now + Math.max(1, delay.toMillis()));
        String reason = StoreException.brief(fault);
        database.inTransaction(connection -> {
            InboxSql.recordFailure(connection, message, reason, next, now);
            return next != null || settle(connection, message, Applied.dead(reason));
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
