package io.github.bellhop.sync.erase;

import io.github.bellhop.sync.mirror.ClerkTables;
import io.github.bellhop.sync.mirror.EntityKey;
import io.github.bellhop.sync.store.Database;
import io.github.bellhop.sync.store.StoreException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Erases people. Only ids remain: a tombstone, which prevents the data from being written again, and a receipt. From
 * the first transaction on, new messages about the person are stored without their payload and are not mirrored.
 *
 * <p>Works in short transactions. Rows that are needed to find other rows are removed last. Finally, all stored
 * payloads are searched once, in small parts, for mentions of the person; this may take a minute per gigabyte. After a
 * crash, the same call finishes the erasure. Thread-safe.
 */
public final class Eraser {
    private static final Logger log = LoggerFactory.getLogger(Eraser.class);
    private static final long LONG_SEARCH_NANOS = 5_000_000_000L;

    /** The delay after a long search, as a multiple of the search's duration. */
    private static final int PAUSE_FACTOR = 9;

    private final Database database;
    private final PayloadSearch search;
    private final InstantSource clock;
    private long nextSearch = System.nanoTime();

    /** Creates an eraser. */
    public Eraser(Database database, InstantSource clock) {
        this.database = database;
        this.clock = clock;
        search = new PayloadSearch(database);
    }

    /**
     * Erases a person whose addresses are all in the database.
     *
     * @throws StoreException if a statement failed; the same call continues where this one stopped
     */
    public Erasure erase(String userId) {
        return erase(userId, Set.of());
    }

    /**
     * Erases a person.
     *
     * @param userId           the user's id; an unknown id gets a tombstone and an empty receipt
     * @param furtherAddresses e-mail addresses and phone numbers that the database may no longer associate with the
     *                         user, for example because the user was deleted before. They are stored until the erasure
     *                         is done, so that another call can finish it
     * @throws StoreException if a statement failed; the same call continues where this one stopped
     */
    public Erasure erase(String userId, Collection<String> furtherAddresses) {
        checkId(userId);
        PersonErasure person = removeRows(userId, furtherAddresses);
        search.clear(Map.of(userId, person.addresses()));
        return finish(person);
    }

    /** Removes all personal data except mentions in payloads that only a full search can find. */
    private PersonErasure removeRows(String userId, Collection<String> furtherAddresses) {
        PersonErasure person = PersonErasure.begin(database, clock, userId, furtherAddresses);
        person.removeRows();
        return person;
    }

    /**
     * Counts the rows that an erasure would remove or clear. Changes nothing.
     *
     * @return the number of rows for each table, as in a receipt; empty if there are none
     * @throws StoreException if a statement failed
     */
    public Map<String, Long> preview(String userId, Collection<String> furtherAddresses) {
        checkId(userId);
        return database.read(connection -> {
            Set<String> addresses = PersonAddresses.of(connection, userId, furtherAddresses);
            return new ErasurePreview(connection, userId, addresses).counts();
        });
    }

    /**
     * Returns the receipt of an erasure that has been started or finished; empty if there was no erasure.
     *
     * @throws StoreException if a statement failed
     */
    public Optional<Erasure> find(String userId) {
        return database.read(connection -> ErasureSql.find(connection, userId));
    }

    private static void checkId(String userId) {
        if (userId.isBlank() || userId.length() > EntityKey.MAX_ID_LENGTH) {
            throw new IllegalArgumentException(
                    "A user's id must have 1 to " + EntityKey.MAX_ID_LENGTH + " characters.");
        }
    }

    /**
     * Finishes requested erasures. Searches the payloads once for all of them. After a long search, the next search is
     * delayed, so that a large inbox is not searched continuously. Only one thread at a time may call this method.
     *
     * @throws StoreException if an erasure failed; thrown after all have been tried
     */
    public void eraseRequested() {
        StoreException last = null;
        List<PersonErasure> started = new ArrayList<>();
        for (String userId : database.read(ErasureSql::open)) {
            try {
                started.add(removeRows(userId, Set.of()));
            } catch (StoreException fault) {
                last = fault;
            }
        }
        if (!started.isEmpty() && System.nanoTime() - nextSearch >= 0) {
            long start = System.nanoTime();
            Map<String, Set<String>> addressesByUser = new LinkedHashMap<>();
            started.forEach(person -> addressesByUser.put(person.userId(), person.addresses()));
            search.clear(addressesByUser);
            started.forEach(this::finish);
            long duration = System.nanoTime() - start;
            nextSearch = System.nanoTime() + (duration < LONG_SEARCH_NANOS ? 0 : PAUSE_FACTOR * duration);
        }
        if (last != null) {
            throw last;
        }
    }

    /**
     * Reclaims the space of erased data. On SQLite, this rewrites the whole file and blocks every writer; on
     * PostgreSQL, it blocks neither readers nor writers.
     *
     * @return false if copies may remain in the log next to an SQLite file because another program is reading the file.
     *     Repeat the call after that program has ended
     */
    public boolean compact() {
        List<String> tables = new ArrayList<>(ClerkTables.names());
        tables.add("bellhop_inbox");
        return database.compact(tables);
    }

    private Erasure finish(PersonErasure person) {
        Erasure receipt = person.finish();
        log.info(
                receipt.erasedAt() == null
                        ? "User {} is erased, except for addresses that were added by another call: {}"
                        : "User {} is erased: {}",
                receipt.userId(),
                receipt.counts());
        if (!database.checkpoint()) {
            log.warn(
                    "Copies of the erased data of user {} may remain in the log next to the database file, because"
                            + " another program is reading the file. Stop that program, then run: bellhop erase {} --compact",
                    receipt.userId(),
                    receipt.userId());
        }
        return receipt;
    }
}
