package io.github.bellhop.sync.write;

import io.github.bellhop.sync.mirror.MirrorTable;
import io.github.bellhop.sync.store.Database;
import io.github.bellhop.sync.store.Sql;
import io.github.bellhop.sync.store.StoreException;
import io.github.bellhop.sync.write.CascadeSql.Cascade;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finishes deletions that reach many rows, a bounded number of rows per transaction. What is left to do stands in
 * {@code bellhop_cascades}, so a crash loses one step at most, and any instance goes on with it.
 *
 * <p>{@link #step()} is called by one thread at a time; several instances may do so at once.
 *
 * @hidden
 */
public final class Cascades {
    private static final Logger log = LoggerFactory.getLogger(Cascades.class);

    /** How many rows one transaction changes at most. */
    static final int ROWS = 1_000;

    private static final int MAX_ATTEMPTS = 3;

    private final Database database;
    private @Nullable Cascade last;

    /** The cascades of this database. */
    public Cascades(Database database) {
        this.database = database;
    }

    /**
     * Does the next step of one cascade. Each open cascade has its turn, so one that fails stops no other.
     *
     * @return whether there was an open cascade
     * @throws StoreException when the database refuses; the next call goes on with the next cascade
     */
    public boolean step() {
        Cascade before = last;
        Optional<Cascade> next = database.read(connection -> CascadeSql.next(connection, before));
        if (next.isEmpty() && before != null) {
            next = database.read(connection -> CascadeSql.next(connection, null));
        }
        last = next.orElse(null);
        next.ifPresent(cascade -> {
            boolean finished = database.inTransaction(MAX_ATTEMPTS, connection -> step(connection, cascade));
            if (finished) {
                log.info(
                        "The deletion of {} {} has reached all its rows of {}",
                        cascade.parent().entity(),
                        cascade.parent().id(),
                        cascade.table());
            }
        });
        return next.isPresent();
    }

    /**
     * The parent's tombstone is committed, so a child that is written from now on is written as deleted.
     *
     * <p>Writers lock rows in an order of their own. A step that waited for one row while it holds others could wait for
     * a writer that waits for the step. So it skips locked rows, and waits for a row only when it holds no other.
     */
    private boolean step(Connection connection, Cascade open) throws SQLException {
        Optional<Cascade> claimed = CascadeSql.claim(connection, database.dialect(), open);
        if (claimed.isEmpty()) {
            return false;
        }
        Cascade cascade = claimed.get();
        List<String> ids = CascadeSql.lockFree(connection, database.dialect(), cascade, ROWS);
        delete(connection, cascade, ids);
        if (ids.size() == ROWS) {
            CascadeSql.advance(connection, cascade, ids.get(ROWS - 1));
            return false;
        }
        Optional<String> left = CascadeSql.firstLeft(connection, database.dialect(), cascade);
        if (left.isEmpty()) {
            CascadeSql.close(connection, cascade);
            return true;
        }
        if (ids.isEmpty()) {
            delete(connection, cascade, List.of(left.get()));
        }
        CascadeSql.advance(connection, cascade, "");
        return false;
    }

    private void delete(Connection connection, Cascade cascade, List<String> ids) throws SQLException {
        if (ids.isEmpty()) {
            return;
        }
        Optional<MirrorTable> table = cascade.entities();
        if (table.isEmpty()) {
            CascadeSql.removeFromLists(connection, cascade, ids);
            return;
        }
        if (cascade.removes()) {
            int unused = Sql.remove(connection, table.get().name(), "id", ids);
        } else {
            Map<String, Long> deletedAt = new HashMap<>();
            ids.forEach(id -> deletedAt.put(id, cascade.deletedAt()));
            database.dialect().markDeleted(connection, table.get(), "id", deletedAt);
        }
    }
}
