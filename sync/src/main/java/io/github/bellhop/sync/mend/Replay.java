package io.github.bellhop.sync.mend;

import io.github.bellhop.sync.store.Database;
import io.github.bellhop.sync.store.InboxSql;
import java.time.InstantSource;

/** Applies stored messages again, on purpose. Thread-safe. */
public final class Replay {
    private final Database database;
    private final InstantSource clock;

    /** Replays messages of this database. */
    public Replay(Database database, InstantSource clock) {
        this.database = database;
        this.clock = clock;
    }

    /** What can become of the wish to replay a message. */
    public enum Outcome {
        /** It is due now, with all its attempts; the worker mirrors it by its version, as it would a new one. */
        DUE,
        /** There is no such message. */
        UNKNOWN_MESSAGE,
        /** The message is known but its payload is gone. */
        PAYLOAD_EXPIRED
    }

    /** Makes a message due again, a dead letter or any other. */
    public Outcome replay(String messageId) {
        return database.inTransaction(connection -> {
            if (InboxSql.makeDue(connection, messageId, clock.millis())) {
                return Outcome.DUE;
            }
            return InboxSql.hasPayload(connection, messageId) == null
                    ? Outcome.UNKNOWN_MESSAGE
                    : Outcome.PAYLOAD_EXPIRED;
        });
    }
}
