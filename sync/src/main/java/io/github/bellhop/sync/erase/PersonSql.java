package io.github.bellhop.sync.erase;

import io.github.bellhop.sync.mirror.MirrorTable;
import io.github.bellhop.sync.mirror.PersonColumns;
import io.github.bellhop.sync.mirror.PersonColumns.Mention;
import io.github.bellhop.sync.store.Dialect;
import io.github.bellhop.sync.store.Sql;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** The statements that find what the database knows of a person. */
final class PersonSql {
    /** How many rows of the mirror one transaction erases at most. */
    private static final int BATCH = 50;

    /** Of how many messages one transaction clears the payloads at most. */
    private static final int MESSAGES = 500;

    private static final String MESSAGES_OF_SUBJECTS = """
            select message_id from bellhop_inbox
            where payload is not null and subject_id in (%s) order by message_id""";

    private static final String MESSAGES_OF_ENTITIES = """
            select m.message_id from bellhop_inbox m join %1$s t on m.subject_id in (t.id, t.%2$s)
            where m.payload is not null and m.entity_id = t.id and t.id in (%3$s) order by m.message_id""";

    private static final String CLEAR_MESSAGES = """
            update bellhop_inbox set payload = null, next_attempt_at = null, died_at = null,
                reason = case when next_attempt_at is null and died_at is null then reason else 'erased' end,
                state = case when next_attempt_at is null and died_at is null then state else 'kept' end
            where payload is not null and message_id in (%s)""";

    private static final String AUDIT_LINES =
            "select message_id from clerk_audit_log where user_id = ? limit " + MESSAGES;

    private PersonSql() {}

    /** What a column has in the rows whose other column has this id. */
    static List<String> values(Connection connection, String table, String idColumn, String id, String column)
            throws SQLException {
        return Sql.of(
                        "select %2$s from %1$s where %3$s = ? and %2$s is not null".formatted(table, column, idColumn),
                        id)
                .texts(connection);
    }

    /**
     * Rows of a table that tell of a person.
     *
     * @param table the table
     * @param by    the columns by which they are found
     * @param and   a further condition, empty for none
     */
    record Place(String table, PersonColumns by, String and) {
        /** The rows that are about one person. */
        static Place of(MirrorTable table) {
            return new Place(table.name(), table.person(), "");
        }

        /** The rows of others that mention a person and tell something still. */
        static Place of(MirrorTable table, Mention mention) {
            String known = " and (%s is not null or raw is not null)".formatted(mention.column());
            return new Place(table.name(), mention.by(), known);
        }
    }

    private record Condition(String sql, List<String> parameters) {}

    /** The ids of some rows that name the user or the user's payer, or, if they name no user at all, one of the addresses. */
    static List<String> rows(Connection connection, Place place, String userId, Collection<String> addresses)
            throws SQLException {
        List<String> found = List.of();
        for (Condition condition : conditions(place, userId, addresses)) {
            if (found.isEmpty()) {
                found = rows(connection, place, condition, " limit " + BATCH);
            }
        }
        return found;
    }

    /** The ids of all these rows. */
    static Set<String> allRows(Connection connection, Place place, String userId, Collection<String> addresses)
            throws SQLException {
        Set<String> found = new LinkedHashSet<>();
        for (Condition condition : conditions(place, userId, addresses)) {
            found.addAll(rows(connection, place, condition, ""));
        }
        return found;
    }

    /** One condition at a time, each with an index of its own: together they would read the whole table. */
    private static List<Condition> conditions(Place place, String userId, Collection<String> addresses) {
        List<Condition> conditions = new ArrayList<>();
        PersonColumns by = place.by();
        if (by.user() != null) {
            conditions.add(new Condition(by.user() + " = ?", List.of(userId)));
        }
        if (by.payer() != null) {
            String ofPayer = by.payer() + " in (select id from clerk_billing_payers where user_id = ?)";
            conditions.add(new Condition(ofPayer, List.of(userId)));
        }
        if (by.address() != null) {
            String unclaimed = by.user() == null ? "" : " and " + by.user() + " is null";
            for (List<String> part : Sql.parts(addresses)) {
                // The database lowers both, since databases differ about letters beyond ASCII.
                String lowered = "lower(?), ".repeat(part.size() - 1) + "lower(?)";
                String atAddress = "lower(%s) in (%s)".formatted(by.address(), lowered);
                conditions.add(new Condition(atAddress + unclaimed, part));
            }
        }
        return conditions;
    }

    private static List<String> rows(Connection connection, Place place, Condition condition, String limit)
            throws SQLException {
        String sql = "select id from " + place.table() + " where " + condition.sql() + place.and() + limit;
        return Sql.of(sql, condition.parameters()).texts(connection);
    }

    /** How many rows of a table have one of these ids in a column. */
    static long count(Connection connection, String table, String column, Collection<String> ids) throws SQLException {
        String sql = "select count(*) from " + table + " where " + column + " in (%s)";
        return Sql.textsIn(connection, sql, ids).stream()
                .mapToLong(Long::parseLong)
                .sum();
    }

    /** How much of what is found is returned. */
    enum Extent {
        /** As much as one transaction clears. */
        SOME(" limit " + MESSAGES),
        /** Everything. */
        ALL("");

        private final String limit;

        Extent(String limit) {
            this.limit = limit;
        }
    }

    /** The messages that carry the data of these users or entities and have their payload still. */
    static List<String> messagesOfSubjects(Connection connection, Collection<String> subjects, Extent extent)
            throws SQLException {
        return Sql.textsIn(connection, MESSAGES_OF_SUBJECTS + extent.limit, subjects);
    }

    /** The same for messages about rows that mention a person; they may carry the data of the person of the row. */
    static List<String> messagesOfMentions(
            Connection connection, MirrorTable table, Collection<String> ids, Extent extent) throws SQLException {
        String person = table.person().user();
        return person == null
                ? messagesOfSubjects(connection, ids, extent)
                : Sql.textsIn(
                        connection, MESSAGES_OF_ENTITIES.formatted(table.name(), person, "%s") + extent.limit, ids);
    }

    /** Some lines of the audit log about a user, locked until the transaction ends. */
    static List<String> auditLines(Connection connection, Dialect dialect, String userId) throws SQLException {
        return Sql.of(AUDIT_LINES + dialect.skippingLocked(), userId).texts(connection);
    }

    /** Clears payloads for good: a message that waited for something waits no longer. */
    static int clearMessages(Connection connection, Collection<String> messageIds) throws SQLException {
        return Sql.updateIn(connection, CLEAR_MESSAGES, messageIds);
    }

    /** Makes a column, and the entity's own JSON, null in these rows. */
    static int forget(Connection connection, String table, String column, Collection<String> ids) throws SQLException {
        return Sql.updateIn(
                connection,
                "update %1$s set %2$s = null, raw = null where (%2$s is not null or raw is not null)"
                                .formatted(table, column)
                        + " and id in (%s)",
                ids);
    }
}
