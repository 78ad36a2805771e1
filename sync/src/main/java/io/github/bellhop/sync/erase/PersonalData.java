package io.github.bellhop.sync.erase;

import io.github.bellhop.sync.erase.PersonalTables.Mention;
import io.github.bellhop.sync.erase.PersonalTables.PersonalTable;
import io.github.bellhop.sync.mirror.ChildTable;
import io.github.bellhop.sync.mirror.ClerkTables;
import io.github.bellhop.sync.store.PersonSql;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Counts what an erasure would take, by the same declarations and conditions. */
final class PersonalData {
    /** How many ids one statement names at most: databases limit the number of parameters. */
    private static final int IDS = 500;

    private final Connection connection;
    private final String userId;
    private final Set<String> addresses;
    private final Map<String, Long> counts = new TreeMap<>();
    private final Set<String> messages = new HashSet<>();

    PersonalData(Connection connection, String userId, Set<String> addresses) {
        this.connection = connection;
        this.userId = userId;
        this.addresses = addresses;
    }

    /** How many rows of which table, those that have some. */
    Map<String, Long> counts() throws SQLException {
        for (Mention mention : PersonalTables.MENTIONS) {
            count(mention);
        }
        add(ClerkTables.AUDIT_LOG, PersonSql.count(connection, ClerkTables.AUDIT_LOG, "user_id", List.of(userId)));
        for (PersonalTable personal : PersonalTables.ALL) {
            count(personal);
        }
        add("bellhop_inbox", messages.size());
        return counts;
    }

    private void count(Mention mention) throws SQLException {
        String table = mention.table().name();
        Set<String> rows = PersonSql.allRows(connection, mention.place(), userId, addresses);
        for (List<String> ids : parts(rows)) {
            messages.addAll(
                    mention.userColumn() == null
                            ? PersonSql.allMessagesOfSubjects(connection, ids)
                            : PersonSql.allMessagesOfEntities(connection, table, "user_id", ids));
        }
        add(table, rows.size());
    }

    private void count(PersonalTable personal) throws SQLException {
        Set<String> rows = PersonSql.allRows(connection, personal.place(), userId, addresses);
        Set<String> parents = new LinkedHashSet<>(rows);
        if (personal.table().name().equals(ClerkTables.USERS.name())) {
            // Lists and messages may be there without their user.
            parents.add(userId);
        }
        for (List<String> ids : parts(parents)) {
            messages.addAll(PersonSql.allMessagesOfSubjects(connection, ids));
            for (ChildTable child : personal.table().children()) {
                add(child.name(), PersonSql.count(connection, child.name(), child.parentColumn(), ids));
            }
        }
        add(personal.table().name(), rows.size());
    }

    private void add(String table, long rows) {
        if (rows > 0) {
            counts.merge(table, rows, Long::sum);
        }
    }

    private static List<List<String>> parts(Collection<String> ids) {
        List<String> all = List.copyOf(ids);
        List<List<String>> parts = new ArrayList<>();
        for (int from = 0; from < all.size(); from += IDS) {
            parts.add(all.subList(from, Math.min(from + IDS, all.size())));
        }
        return parts;
    }
}
