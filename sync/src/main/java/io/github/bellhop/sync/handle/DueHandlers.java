package io.github.bellhop.sync.handle;

import io.github.bellhop.sync.store.Database;
import io.github.bellhop.sync.store.StoreException;
import java.time.InstantSource;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Which handlers have runs that are due, in turns. The database is asked when none is known, and again and again, since
 * others may have become due; so that a busy handler costs no question for each of its runs, and many idle ones
 * cost one together. Thread-safe.
 */
final class DueHandlers {
    /** After so many turns the database is asked although some are known. */
    private static final int TURNS = 64;

    private final Database database;
    private final InstantSource clock;
    private final Map<String, Handlers.Registered<?>> handlers = new LinkedHashMap<>();
    private final List<String> names;
    private final Set<String> due = new LinkedHashSet<>();
    private int turns;

    DueHandlers(Database database, Handlers handlers, InstantSource clock) {
        this.database = database;
        this.clock = clock;
        handlers.all().forEach(handler -> this.handlers.put(handler.name(), handler));
        names = List.copyOf(this.handlers.keySet());
    }

    /**
     * Asks the database.
     *
     * @throws StoreException when the store is down
     */
    void look() {
        if (names.isEmpty()) {
            return;
        }
        List<String> found = database.read(connection -> RunSql.dueHandlers(connection, names, clock.millis()));
        synchronized (this) {
            turns = 0;
            due.addAll(found);
        }
    }

    /** Whose turn it is; empty when none is known, or it is time to look. */
    synchronized Optional<Handlers.Registered<?>> next() {
        Iterator<String> first = due.iterator();
        if (!first.hasNext() || turns >= TURNS) {
            return Optional.empty();
        }
        turns++;
        String name = first.next();
        first.remove();
        due.add(name);
        return Optional.ofNullable(handlers.get(name));
    }

    /** Nothing of the handler could be claimed: what is due, if anything, others are at. */
    synchronized void hasNone(Handlers.Registered<?> handler) {
        boolean unused = due.remove(handler.name());
    }
}
