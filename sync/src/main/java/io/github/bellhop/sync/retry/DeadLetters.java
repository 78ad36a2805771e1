package io.github.bellhop.sync.retry;

import io.github.bellhop.sync.inbox.DeadLetter;
import io.github.bellhop.sync.inbox.DeadLetterFilter;
import io.github.bellhop.sync.inbox.DeathCause;
import io.github.bellhop.sync.store.Database;
import io.github.bellhop.sync.store.StoreException;
import io.github.bellhop.sync.store.Wildcards;
import java.time.InstantSource;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Lists and discards dead letters: messages and handler runs that wait for a person. Thread-safe. */
public final class DeadLetters {
    private static final int MAX_ATTEMPTS = 5;

    private final Database database;
    private final InstantSource clock;
    private final Wildcards wildcards;

    /** Creates an instance for this database. */
    public DeadLetters(Database database, InstantSource clock) {
        this.database = database;
        this.clock = clock;
        wildcards = database.dialect().wildcards();
    }

    /**
     * Groups the dead letters by cause, most frequent first.
     *
     * @throws StoreException if the database cannot be read
     */
    public List<DeathCause> causes(DeadLetterFilter filter) {
        return database.read(connection -> DeadLetterSql.causes(connection, wildcards, filter));
    }

    /**
     * Returns a page of dead letters, ordered by message id and handler name.
     *
     * @param last  the last dead letter of the previous page; null for the first page
     * @param limit the maximum number of dead letters
     * @throws StoreException if the database cannot be read
     */
    public List<DeadLetter> after(DeadLetterFilter filter, @Nullable DeadLetter last, int limit) {
        return database.read(connection -> DeadLetterSql.after(connection, wildcards, filter, last, limit));
    }

    /**
     * Discards a dead letter and records the reason in {@code bellhop_discards}. A message that could not be mirrored
     * is set aside; it can still be replayed as long as its payload is stored.
     *
     * @param why the reason to record, without personal data
     * @return false if it is not a dead letter
     * @throws StoreException if the database cannot be written
     */
    public boolean discard(String messageId, String handler, String why) {
        return database.inTransaction(
                MAX_ATTEMPTS, connection -> DeadLetterSql.discard(connection, messageId, handler, why, clock.millis()));
    }
}
