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
 * Selects handlers with due runs in round-robin order. The database is queried if no such handler is known, and again
 * after {@value #TURNS} turns, since other handlers may have due runs by then. A busy handler therefore does not cost a
 * query per run, and many idle handlers share one query. Thread-safe.
 */
final class DueHandlers {
    /** The number of turns after which the database is queried again. */
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
     * Queries the database for handlers with due runs.
     *
     * @throws StoreException if the store is down
     */
    void refresh() {
        if (names.isEmpty()) {
            return;
        }
        List<String> found = database.read(connection -> RunSql.dueHandlers(connection, names, clock.millis()));
        synchronized (this) {
            turns = 0;
            due.addAll(found);
        }
    }

    /** Returns the next handler in turn; empty if none is known, or if it is time to query the database. */
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

    /**
     * Removes a handler after none of its runs could be claimed: either none is due, or other threads have claimed
     * them.
     */
    synchronized void remove(Handlers.Registered<?> handler) {
        boolean unused = due.remove(handler.name());
    }
}
