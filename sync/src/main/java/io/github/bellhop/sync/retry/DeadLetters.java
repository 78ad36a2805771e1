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

/** The messages and runs that wait for a person, and giving them up. Thread-safe. */
public final class DeadLetters {
    private static final int MAX_ATTEMPTS = 5;

    private final Database database;
    private final InstantSource clock;
    private final Wildcards wildcards;

    /** The dead letters of this database. */
    public DeadLetters(Database database, InstantSource clock) {
        this.database = database;
        this.clock = clock;
        wildcards = database.dialect().wildcards();
    }

    /**
     * What they died of, the most frequent first.
     *
     * @throws StoreException when the database cannot be read
     */
    public List<DeathCause> causes(DeadLetterFilter filter) {
        return database.read(connection -> DeadLetterSql.causes(connection, wildcards, filter));
    }

    /**
     * Some dead letters, in the order of the messages' ids.
     *
     * @param last where to go on; null begins with the first
     * @throws StoreException when the database cannot be read
     */
    public List<DeadLetter> after(DeadLetterFilter filter, @Nullable DeadLetter last, int limit) {
        return database.read(connection -> DeadLetterSql.after(connection, wildcards, filter, last, limit));
    }

    /**
     * Gives a dead letter up: it counts as dead no longer, and why stands in {@code bellhop_discards}. A message that
     * the mirror could not take is kept aside; it can be replayed as long as its payload is there.
     *
     * @param why what is noted, without personal data
     * @return false when it is no dead letter
     * @throws StoreException when the database refuses
     */
    public boolean discard(String messageId, String handler, String why) {
        return database.inTransaction(
                MAX_ATTEMPTS, connection -> DeadLetterSql.discard(connection, messageId, handler, why, clock.millis()));
    }
}
