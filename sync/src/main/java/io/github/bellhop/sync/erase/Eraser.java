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
 * Erases people. What stays is ids: a tombstone, so that nothing comes back, and a receipt. From the first transaction
 * on, what comes about the person is kept without its payload and not mirrored.
 *
 * <p>The work is done in short transactions, rows by which others are found last. Then all payloads that are kept are
 * read once, in small parts, for what they say of the person, which may take a minute per gigabyte. After a crash in the
 * middle the same call finishes it. Thread-safe.
 */
public final class Eraser {
    private static final Logger log = LoggerFactory.getLogger(Eraser.class);
    private static final long LONG_SEARCH_NANOS = 5_000_000_000L;

    /** How many times as long as a long search the next one waits. */
    private static final int PAUSES = 9;

    private final Database database;
    private final PayloadSearch search;
    private final InstantSource clock;
    private long nextSearch = System.nanoTime();

    /** An eraser for this database. */
    public Eraser(Database database, InstantSource clock) {
        this.database = database;
        this.clock = clock;
        search = new PayloadSearch(database);
    }

    /**
     * Erases a person of whom the database knows all addresses.
     *
     * @throws StoreException when the database refuses; the same call goes on where this one ended
     */
    public Erasure erase(String userId) {
        return erase(userId, Set.of());
    }

    /**
     * Erases a person.
     *
     * @param userId           the user's id; one that is not known leaves a tombstone and an empty receipt
     * @param furtherAddresses e-mail addresses and phone numbers that the database may know no longer as this user's,
     *     such as those of a user who was deleted before; they are kept until the erasure is done, so that whoever
     *     finishes it knows them
     * @throws StoreException when the database refuses; the same call goes on where this one ended
     */
    public Erasure erase(String userId, Collection<String> furtherAddresses) {
        checkId(userId);
        PersonErasure person = removeRows(userId, furtherAddresses);
        search.clear(Map.of(userId, person.addresses()));
        return finish(person);
    }

    /** All but what only payloads tell. */
    private PersonErasure removeRows(String userId, Collection<String> furtherAddresses) {
        PersonErasure person = PersonErasure.begin(database, clock, userId, furtherAddresses);
        person.removeRows();
        return person;
    }

    /**
     * Tells what an erasure would take now, and changes nothing.
     *
     * @return how many rows of which table, as in a receipt; empty when nothing is known
     * @throws StoreException when the database refuses
     */
    public Map<String, Long> preview(String userId, Collection<String> furtherAddresses) {
        checkId(userId);
        return database.read(connection -> {
            Set<String> addresses = PersonAddresses.of(connection, userId, furtherAddresses);
            return new PersonalData(connection, userId, addresses).counts();
        });
    }

    /**
     * The receipt of an erasure that was begun or done before.
     *
     * @throws StoreException when the database refuses
     */
    public Optional<Erasure> find(String userId) {
        return database.read(connection -> ErasureSql.find(connection, userId));
    }

    private static void checkId(String userId) {
        if (userId.isBlank() || userId.length() > EntityKey.MAX_ID_LENGTH) {
            throw new IllegalArgumentException("A user's id has 1 to " + EntityKey.MAX_ID_LENGTH + " characters.");
        }
    }

    /**
     * Erases those whose erasure was noted and is not done. The payloads are searched once for all of them; after a long
     * search the next one waits, so that a large inbox is not searched without end. Called by one thread at a time.
     *
     * @throws StoreException when the database refuses; all are tried before
     */
    public void eraseRequested() {
        StoreException last = null;
        List<PersonErasure> begun = new ArrayList<>();
        for (String userId : database.read(ErasureSql::open)) {
            try {
                begun.add(removeRows(userId, Set.of()));
            } catch (StoreException fault) {
                last = fault;
            }
        }
        if (!begun.isEmpty() && System.nanoTime() - nextSearch >= 0) {
            long before = System.nanoTime();
            Map<String, Set<String>> addressesByUser = new LinkedHashMap<>();
            begun.forEach(person -> addressesByUser.put(person.userId(), person.addresses()));
            search.clear(addressesByUser);
            begun.forEach(this::finish);
            long taken = System.nanoTime() - before;
            nextSearch = System.nanoTime() + (taken < LONG_SEARCH_NANOS ? 0 : PAUSES * taken);
        }
        if (last != null) {
            throw last;
        }
    }

    /**
     * Has the database give back the room of what was erased. On SQLite this writes the whole file anew and holds off
     * every writer meanwhile; on PostgreSQL it holds off nobody.
     *
     * @return false when copies may be left in the log beside an SQLite file, since another program reads the file: the
     *     same call removes them once that has ended
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
                        ? "User {} is erased but for what another call looks for still: {}"
                        : "User {} is erased: {}",
                receipt.userId(),
                receipt.counts());
        if (!database.settle()) {
            log.warn(
                    "Copies of what was erased of user {} may be left in the log beside the database file, since"
                            + " another program reads the file. End that program, then run: bellhop erase {} --compact",
                    receipt.userId(),
                    receipt.userId());
        }
        return receipt;
    }
}
