package io.github.bellhop.sync.retention;

import io.github.bellhop.sync.mirror.ClerkTables;
import io.github.bellhop.sync.mirror.MirrorTable;
import io.github.bellhop.sync.store.Dialect;
import io.github.bellhop.sync.store.InboxSql;
import io.github.bellhop.sync.store.Sql;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.stream.Collectors;

/** The statements about messages of unknown types that came before the row that they would have changed. */
final class LateUpdateSql {
    static final String NOW_WITH_ROW = """
            select message_id from bellhop_inbox
            where reason = 'no-row' and payload is not null and (%s)
            order by received_at limit 500""".formatted(ClerkTables.ALL.stream()
            .filter(table -> !table.families().isEmpty())
            .map(LateUpdateSql::hasRow)
            .collect(Collectors.joining(" or ")));

    private LateUpdateSql() {}

    /** The family is all that stands before the last dot, or the whole type. */
    private static String hasRow(MirrorTable table) {
        String family = table.families().stream()
                .sorted()
                .map(name -> "substr(type || '.', 1, %d) = '%s.'".formatted(name.length() + 1, name))
                .collect(Collectors.joining(" or "));
        return "((%s) and exists (select 1 from %s t where t.id = bellhop_inbox.entity_id))"
                .formatted(family, table.name());
    }

    /** Some of the messages whose row is there by now. */
    static List<String> nowWithRow(Connection connection, Dialect dialect) throws SQLException {
        return Sql.of(NOW_WITH_ROW + dialect.skippingLocked()).texts(connection);
    }

    /** Has the worker apply these messages again; their handlers are not called again. */
    static int makeDue(Connection connection, List<String> messageIds, long now) throws SQLException {
        int due = 0;
        for (String id : messageIds) {
            due += InboxSql.makeDue(connection, id, now) ? 1 : 0;
        }
        return due;
    }
}
