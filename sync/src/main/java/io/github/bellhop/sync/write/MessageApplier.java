package io.github.bellhop.sync.write;

import io.github.bellhop.sync.erase.ErasureSql;
import io.github.bellhop.sync.inbox.MessageState;
import io.github.bellhop.sync.mirror.ClerkTables;
import io.github.bellhop.sync.mirror.Deletes;
import io.github.bellhop.sync.mirror.EntityKey;
import io.github.bellhop.sync.mirror.EntityRow;
import io.github.bellhop.sync.mirror.MirrorTable;
import io.github.bellhop.sync.mirror.MirrorTable.Payloads;
import io.github.bellhop.sync.mirror.Projection;
import io.github.bellhop.sync.mirror.Projection.AuditEntry;
import io.github.bellhop.sync.mirror.Projection.Deletion;
import io.github.bellhop.sync.store.Dialect;
import io.github.bellhop.sync.write.Applied.Verdict;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * Applies the messages of one transaction after their entities are locked: deletions first, then the audit log, then
 * rows. Not thread-safe.
 */
final class MessageApplier {
    private final Dialect dialect;
    private final Deletes deletes;
    private final Connection connection;
    private final Instant now;
    private final Tombstones tombstones;
    private final RowWriter rows;
    private final LatenessCheck order;

    MessageApplier(Dialect dialect, Deletes deletes, Connection connection, Instant now, Tombstones tombstones) {
        this.dialect = dialect;
        this.deletes = deletes;
        this.connection = connection;
        this.now = now;
        this.tombstones = tombstones;
        this.rows = new RowWriter(dialect, connection, now, tombstones);
        this.order = new LatenessCheck(tombstones.keys());
    }

    Map<String, Applied> apply(Map<String, Projection> projections) throws SQLException {
        Map<String, Projection> allowed = new LinkedHashMap<>();
        projections.forEach((id, projection) -> allowed.put(id, tombstones.withoutErased(projection)));
        List<Projection> applicable = allowed.values().stream()
                .filter(projection -> !tombstones.isErased(projection))
                .toList();
        delete(applicable);
        audit(applicable);
        write(applicable);
        Map<String, Applied> applied = new HashMap<>();
        allowed.forEach((id, projection) -> applied.put(id, applied(projection)));
        return applied;
    }

    private Applied applied(Projection projection) {
        boolean deleted = order.isDeleted(projection);
        boolean stale = order.isSuperseded(projection) || isOutdated(projection);
        order.record(projection);
        if (tombstones.isErased(projection)) {
            return new Applied(MessageState.KEPT, Applied.ERASED, Verdict.UNFIT, true);
        }
        boolean clear = tombstones.isPrivate(projection);
        if (projection.isEmpty()) {
            return new Applied(MessageState.KEPT, null, Verdict.TIMELY, clear);
        }
        boolean missing = projection.rows().stream().anyMatch(rows::isMissing);
        MessageState state =
                isWritten(projection) ? MessageState.MIRRORED : missing ? MessageState.KEPT : MessageState.STALE;
        Verdict verdict = deleted ? Verdict.DELETED : stale && !missing ? Verdict.STALE : Verdict.TIMELY;
        clear |= projection.rows().stream().anyMatch(row -> row.table().payloads() == Payloads.CLEARED);
        return new Applied(state, missing ? Applied.NO_ROW : null, verdict, clear);
    }

    /** Does not consider the audit log, which gets an entry for every message, regardless of the entity's row. */
    private boolean isOutdated(Projection projection) {
        Deletion deletion = projection.deletion();
        return projection.rows().isEmpty()
                ? deletion != null && !tombstones.isWritten(deletion)
                : !rows.isWritten(projection.rows().get(0));
    }

    private boolean isWritten(Projection projection) {
        Deletion deletion = projection.deletion();
        return projection.audit() != null
                || (deletion != null && tombstones.isWritten(deletion))
                || projection.rows().stream().anyMatch(rows::isWritten);
    }

    private void delete(Collection<Projection> projections) throws SQLException {
        Map<EntityKey, Deletion> earliest = new LinkedHashMap<>();
        for (Projection projection : projections) {
            if (projection.deletion() != null) {
                earliest.merge(
                        projection.deletion().key(),
                        projection.deletion(),
                        (a, b) -> a.deletedAt() <= b.deletedAt() ? a : b);
            }
        }
        if (earliest.isEmpty()) {
            return;
        }
        tombstones.write(dialect, connection, earliest);
        new Deletions(connection, dialect, deletes).apply(earliest.values());
        if (deletes == Deletes.ERASE) {
            requestErasures(earliest.keySet());
        }
    }

    private void requestErasures(Set<EntityKey> deleted) throws SQLException {
        List<String> users = deleted.stream()
                .filter(key -> key.entity().equals(ClerkTables.USERS.entity()))
                .map(EntityKey::id)
                .toList();
        ErasureSql.request(connection, users, now.toEpochMilli());
    }

    private void audit(Collection<Projection> projections) throws SQLException {
        List<AuditEntry> entries = projections.stream()
                .map(Projection::audit)
                .filter(Objects::nonNull)
                .toList();
        if (!entries.isEmpty()) {
            dialect.appendAudit(connection, entries);
        }
    }

    private void write(Collection<Projection> projections) throws SQLException {
        Map<String, List<EntityRow>> byTable = new HashMap<>();
        for (Projection projection : projections) {
            for (EntityRow row : projection.rows()) {
                if (deletes == Deletes.SOFT || tombstones.deletedAt(row) == null) {
                    byTable.computeIfAbsent(row.table().name(), name -> new ArrayList<>())
                            .add(row);
                }
            }
        }
        if (byTable.isEmpty()) {
            return;
        }
        for (MirrorTable table : ClerkTables.ALL) {
            List<EntityRow> tableRows = byTable.get(table.name());
            if (tableRows != null) {
                for (List<EntityRow> pass : WritePasses.of(tableRows)) {
                    rows.write(pass);
                }
            }
        }
    }
}
