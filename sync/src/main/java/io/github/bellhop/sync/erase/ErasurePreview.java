package io.github.bellhop.sync.erase;

import io.github.bellhop.sync.erase.PersonSql.Extent;
import io.github.bellhop.sync.erase.PersonSql.PersonRows;
import io.github.bellhop.sync.mirror.ChildTable;
import io.github.bellhop.sync.mirror.ClerkTables;
import io.github.bellhop.sync.mirror.MirrorTable;
import io.github.bellhop.sync.mirror.PersonColumns.Mention;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Counts the rows that an erasure would remove or clear. Uses the same declarations and conditions as the erasure. */
final class ErasurePreview {
    private final Connection connection;
    private final String userId;
    private final Set<String> addresses;
    private final Map<String, Long> counts = new TreeMap<>();
    private final Set<String> messages = new HashSet<>();

    ErasurePreview(Connection connection, String userId, Set<String> addresses) {
        this.connection = connection;
        this.userId = userId;
        this.addresses = addresses;
    }

    /** Returns the number of rows in each affected table. */
    Map<String, Long> counts() throws SQLException {
        for (MirrorTable table : ClerkTables.ALL) {
            for (Mention mention : table.mentions()) {
                count(table, mention);
            }
        }
        add(ClerkTables.AUDIT_LOG, PersonSql.count(connection, ClerkTables.AUDIT_LOG, "user_id", List.of(userId)));
        for (MirrorTable table : ClerkTables.ALL) {
            count(table);
        }
        messages.addAll(PayloadSearch.all(connection, new PersonMentions(Map.of(userId, addresses))));
        add("bellhop_inbox", messages.size());
        return counts;
    }

    private void count(MirrorTable table, Mention mention) throws SQLException {
        Set<String> rows = PersonSql.allRows(connection, PersonRows.of(table, mention), userId, addresses);
        messages.addAll(PersonSql.messagesOfMentions(connection, table, rows, Extent.ALL));
        add(table.name(), rows.size());
    }

    private void count(MirrorTable table) throws SQLException {
        Set<String> rows = PersonSql.allRows(connection, PersonRows.of(table), userId, addresses);
        Set<String> parents = new LinkedHashSet<>(rows);
        if (table.isPersonTable()) {
            // Rows of child tables and messages may exist without their user.
            parents.add(userId);
        }
        messages.addAll(PersonSql.messagesOfSubjects(connection, parents, Extent.ALL));
        for (ChildTable child : table.children()) {
            add(child.name(), PersonSql.count(connection, child.name(), child.parentColumn(), parents));
        }
        add(table.name(), rows.size());
    }

    private void add(String table, long rows) {
        if (rows > 0) {
            counts.merge(table, rows, Long::sum);
        }
    }
}
