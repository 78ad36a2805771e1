package io.github.bellhop.sync.erase;

import io.github.bellhop.sync.erase.PersonalTables.Mention;
import io.github.bellhop.sync.erase.PersonalTables.PersonalTable;
import io.github.bellhop.sync.mirror.ChildTable;
import io.github.bellhop.sync.mirror.ClerkTables;
import io.github.bellhop.sync.mirror.EntityKey;
import io.github.bellhop.sync.mirror.MirrorTable;
import io.github.bellhop.sync.mirror.Projection.Deletion;
import io.github.bellhop.sync.store.Database;
import io.github.bellhop.sync.store.ErasureSql;
import io.github.bellhop.sync.store.PersonSql;
import io.github.bellhop.sync.store.RemovalSql;
import io.github.bellhop.sync.store.RetentionSql;
import io.github.bellhop.sync.store.StoreException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Erases people. What stays is ids: a tombstone, so that nothing comes back, and a receipt. From the first transaction
 * on, what comes about the person is kept without its payload and not mirrored.
 *
 * <p>The work is done in short transactions, rows by which others are found last. After a crash in the middle the same
 * call finishes it. Thread-safe.
 */
public final class Eraser {
    private static final Logger log = LoggerFactory.getLogger(Eraser.class);
    private static final int MAX_ATTEMPTS = 5;
    private static final int MAX_ID_LENGTH = 255;

    /** Characters; indexes have a limit, and what is longer is no address. */
    private static final int MAX_ADDRESS_LENGTH = 500;

    private final Database database;
    private final RetentionSql retention;
    private final InstantSource clock;

    /** An eraser for this database. */
    public Eraser(Database database, InstantSource clock) {
        this.database = database;
        this.clock = clock;
        retention = new RetentionSql(database.dialect());
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
        Set<String> addresses = begin(userId, furtherAddresses);
        clearMessages(userId, connection -> PersonSql.messagesOfSubjects(connection, List.of(userId)));
        PersonalTables.MENTIONS.forEach(mention -> forget(userId, addresses, mention));
        removeAuditLines(userId);
        PersonalTables.ALL.forEach(table -> remove(userId, addresses, table));
        Erasure receipt = finish(userId, addresses);
        database.settle();
        log.info(
                receipt.erasedAt() == null
                        ? "User {} is erased but for what another call looks for still: {}"
                        : "User {} is erased: {}",
                userId,
                receipt.counts());
        return receipt;
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
            Set<String> addresses = addresses(connection, userId, furtherAddresses);
            return new PersonalData(connection, userId, addresses).counts();
        });
    }

    /**
     * The receipt of an erasure that was begun or done before.
     *
     * @throws StoreException when the database refuses
     */
    public Optional<Erasure> find(String userId) {
        return database.read(connection -> find(connection, userId));
    }

    private static Optional<Erasure> find(Connection connection, String userId) throws SQLException {
        Map<String, Long> counts = ErasureSql.counts(connection, userId);
        return ErasureSql.find(connection, userId)
                .map(noted -> new Erasure(userId, noted.requestedAt(), noted.erasedAt(), counts));
    }

    private static void checkId(String userId) {
        if (userId.isBlank() || userId.length() > MAX_ID_LENGTH) {
            throw new IllegalArgumentException("A user's id has 1 to " + MAX_ID_LENGTH + " characters.");
        }
    }

    private static Set<String> addresses(Connection connection, String userId, Collection<String> further)
            throws SQLException {
        Set<String> addresses = new LinkedHashSet<>(further);
        addresses.addAll(ErasureSql.addresses(connection, userId));
        for (PersonalTables.AddressColumn place : PersonalTables.ADDRESSES) {
            addresses.addAll(PersonSql.values(connection, place.table(), place.userColumn(), userId, place.column()));
        }
        addresses.removeIf(address -> address.length() > MAX_ADDRESS_LENGTH);
        return addresses;
    }

    /**
     * Erases those whose erasure was noted and is not done.
     *
     * @throws StoreException when the database refuses; all are tried before
     */
    public void eraseRequested() {
        StoreException last = null;
        for (String userId : database.read(ErasureSql::open)) {
            try {
                erase(userId);
            } catch (StoreException fault) {
                last = fault;
            }
        }
        if (last != null) {
            throw last;
        }
    }

    /**
     * Has the database give back the room of what was erased. On SQLite this writes the whole file anew and holds off
     * every writer meanwhile; on PostgreSQL it holds off nobody.
     */
    public void compact() {
        List<String> tables = new ArrayList<>(List.of("bellhop_inbox", ClerkTables.AUDIT_LOG));
        ClerkTables.ALL.forEach(table -> {
            tables.add(table.name());
            table.children().forEach(child -> tables.add(child.name()));
        });
        database.compact(tables);
    }

    /** From here on the addresses stand with the request: the rows that tell them go one after the other. */
    private Set<String> begin(String userId, Collection<String> furtherAddresses) {
        return inTransaction(connection -> {
            entomb(connection, ClerkTables.USERS, List.of(userId));
            ErasureSql.request(connection, Set.of(userId), clock.millis());
            ErasureSql.reopen(connection, userId);
            Set<String> addresses = addresses(connection, userId, furtherAddresses);
            ErasureSql.noteAddresses(connection, userId, addresses);
            return addresses;
        });
    }

    /** Nothing is written about these any more, once this is committed. */
    private void entomb(Connection connection, MirrorTable table, List<String> ids) throws SQLException {
        Set<EntityKey> keys =
                ids.stream().map(id -> new EntityKey(table.entity(), id)).collect(Collectors.toSet());
        database.dialect().lockEntities(connection, Set.of(), keys);
        long now = clock.millis();
        database.dialect()
                .writeTombstones(
                        connection,
                        ids.stream().map(id -> new Deletion(table, id, now)).toList());
        ErasureSql.flag(connection, keys);
    }

    /** Finds what is still to be done, some of it. */
    @FunctionalInterface
    private interface Search {
        List<String> next(Connection connection) throws SQLException;
    }

    private void clearMessages(String userId, Search search) {
        while (true) {
            List<String> ids = database.read(search::next);
            if (ids.isEmpty()) {
                return;
            }
            inTransaction(connection -> {
                int cleared = PersonSql.clearMessages(connection, ids);
                ErasureSql.count(connection, userId, "bellhop_inbox", cleared);
                return cleared;
            });
        }
    }

    private void forget(String userId, Set<String> addresses, Mention mention) {
        String table = mention.table().name();
        Search search = connection -> PersonSql.rows(connection, mention.place(), userId, addresses);
        Function<List<String>, Search> messages = ids -> mention.userColumn() == null
                ? connection -> PersonSql.messagesOfSubjects(connection, ids)
                : connection -> PersonSql.messagesOfEntities(connection, table, "user_id", ids);
        each(search, ids -> {
            clearMessages(userId, messages.apply(ids));
            inTransaction(connection -> {
                database.dialect().lockRows(connection, mention.table(), Map.of("id", ids));
                int forgotten = PersonSql.forget(connection, table, mention.column(), ids);
                ErasureSql.count(connection, userId, table, forgotten);
                return forgotten;
            });
        });
    }

    private void removeAuditLines(String userId) {
        each(
                connection -> retention.auditLinesOf(connection, userId),
                ids -> inTransaction(connection -> {
                    int removed = retention.deleteAuditLines(connection, ids);
                    ErasureSql.count(connection, userId, ClerkTables.AUDIT_LOG, removed);
                    return removed;
                }));
    }

    private void remove(String userId, Set<String> addresses, PersonalTable personal) {
        MirrorTable table = personal.table();
        Search search = connection -> PersonSql.rows(connection, personal.place(), userId, addresses);
        each(search, ids -> {
            inTransaction(connection -> {
                entomb(connection, table, ids);
                return ids;
            });
            clearMessages(userId, connection -> PersonSql.messagesOfSubjects(connection, ids));
            inTransaction(connection -> {
                database.dialect().lockRows(connection, table, Map.of("id", ids));
                removeRows(connection, userId, table, ids);
                return ids;
            });
        });
        if (table.name().equals(ClerkTables.USERS.name())) {
            // Lists without their user, as an older version may have left them.
            inTransaction(connection -> {
                removeRows(connection, userId, table, List.of(userId));
                return userId;
            });
        }
    }

    private static void removeRows(Connection connection, String userId, MirrorTable table, List<String> ids)
            throws SQLException {
        for (ChildTable child : table.children()) {
            ErasureSql.count(connection, userId, child.name(), RemovalSql.removeLists(connection, child, ids));
        }
        ErasureSql.count(connection, userId, table.name(), RemovalSql.remove(connection, table, "id", ids));
    }

    private interface Step {
        void on(List<String> ids);
    }

    private void each(Search search, Step step) {
        for (List<String> ids = database.read(search::next); !ids.isEmpty(); ids = database.read(search::next)) {
            step.on(ids);
        }
    }

    private Erasure finish(String userId, Set<String> addresses) {
        long now = clock.millis();
        return inTransaction(connection -> {
            ErasureSql.finish(connection, userId, addresses, now);
            retention.noteCleared(connection, userId, now);
            return find(connection, userId).orElseThrow();
        });
    }

    private <T> T inTransaction(Database.Work<T> work) {
        return database.inTransaction(MAX_ATTEMPTS, work);
    }
}
