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
 * Finishes deletions that affect many rows, a limited number in each transaction. The remaining work is recorded in
 * {@code bellhop_cascades}, so a crash loses at most one step, and any instance can continue.
 *
 * <p>Within a process, only one thread at a time may call {@link #step()}; several processes may do so at once.
 *
 * @hidden
 */
public final class Cascades {
    private static final Logger log = LoggerFactory.getLogger(Cascades.class);

    /** The maximum number of rows that one transaction changes. */
    static final int MAX_ROWS = 1_000;

    private static final int MAX_ATTEMPTS = 3;

    private final Database database;
    private @Nullable Cascade last;

    /** Creates the cascades for a database. */
    public Cascades(Database database) {
        this.database = database;
    }

    /**
     * Does the next step of one cascade. Open cascades take turns, so a failing one does not block the others.
     *
     * @return whether there was an open cascade
     * @throws StoreException if a statement failed; the next call continues with the next cascade
     */
    public boolean step() {
        Cascade previous = last;
        Optional<Cascade> next = database.read(connection -> CascadeSql.next(connection, previous));
        if (next.isEmpty() && previous != null) {
            next = database.read(connection -> CascadeSql.next(connection, null));
        }
        last = next.orElse(null);
        next.ifPresent(cascade -> {
            boolean finished = database.inTransaction(MAX_ATTEMPTS, connection -> step(connection, cascade));
            if (finished) {
                log.info(
                        "The deletion of {} {} has finished in the table {}",
                        cascade.parent().entity(),
                        cascade.parent().id(),
                        cascade.table());
            }
        });
        return next.isPresent();
    }

    /**
     * Does one step. The parent's tombstone is already committed, so children that are written later are written as
     * deleted.
     *
     * <p>Writers may lock rows in a different order. A step that waits for one row while it has locked others could
     * deadlock with a writer. A step therefore skips locked rows, and waits for a row only if it has locked no other.
     */
    private boolean step(Connection connection, Cascade open) throws SQLException {
        Optional<Cascade> claimed = CascadeSql.claim(connection, database.dialect(), open);
        if (claimed.isEmpty()) {
            return false;
        }
        Cascade cascade = claimed.get();
        List<String> ids = CascadeSql.lockNext(connection, database.dialect(), cascade, MAX_ROWS);
        delete(connection, cascade, ids);
        if (ids.size() == MAX_ROWS) {
            CascadeSql.advance(connection, cascade, ids.get(MAX_ROWS - 1));
            return false;
        }
        Optional<String> remaining = CascadeSql.firstRemaining(connection, database.dialect(), cascade);
        if (remaining.isEmpty()) {
            CascadeSql.close(connection, cascade);
            return true;
        }
        if (ids.isEmpty()) {
            delete(connection, cascade, List.of(remaining.get()));
        }
        CascadeSql.advance(connection, cascade, "");
        return false;
    }

    private void delete(Connection connection, Cascade cascade, List<String> ids) throws SQLException {
        if (ids.isEmpty()) {
            return;
        }
        Optional<MirrorTable> table = cascade.mirrorTable();
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
