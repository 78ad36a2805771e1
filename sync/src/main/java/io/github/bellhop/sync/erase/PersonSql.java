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

/** The statements that find a person's data. */
final class PersonSql {
    /** The maximum number of rows of the mirror that one transaction erases. */
    private static final int BATCH = 50;

    /** The maximum number of messages whose payloads one transaction clears. */
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

    /** Returns the values of a column in the rows that have this id in the id column. */
    static List<String> values(Connection connection, String table, String idColumn, String id, String column)
            throws SQLException {
        return Sql.of(
                        "select %2$s from %1$s where %3$s = ? and %2$s is not null".formatted(table, column, idColumn),
                        id)
                .texts(connection);
    }

    /**
     * The rows of a table that contain a person's data.
     *
     * @param table the table's name
     * @param by    the columns that identify the person
     * @param extraCondition a further condition; empty for none
     */
    record PersonRows(String table, PersonColumns by, String extraCondition) {
        /** Returns the rows that are about a person. */
        static PersonRows of(MirrorTable table) {
            return new PersonRows(table.name(), table.person(), "");
        }

        /** Returns the rows that mention a person and still contain the person's data. */
        static PersonRows of(MirrorTable table, Mention mention) {
            String hasData = " and (%s is not null or raw is not null)".formatted(mention.column());
            return new PersonRows(table.name(), mention.by(), hasData);
        }
    }

    private record Condition(String sql, List<String> parameters) {}

    /**
     * Returns the ids of a batch of rows that contain the id of the user or of the user's payer, or that contain one of
     * the addresses and no user id.
     */
    static List<String> rows(Connection connection, PersonRows personRows, String userId, Collection<String> addresses)
            throws SQLException {
        List<String> found = List.of();
        for (Condition condition : conditions(personRows, userId, addresses)) {
            if (found.isEmpty()) {
                found = rows(connection, personRows, condition, " limit " + BATCH);
            }
        }
        return found;
    }

    /** Returns the ids of all such rows. */
    static Set<String> allRows(
            Connection connection, PersonRows personRows, String userId, Collection<String> addresses)
            throws SQLException {
        Set<String> found = new LinkedHashSet<>();
        for (Condition condition : conditions(personRows, userId, addresses)) {
            found.addAll(rows(connection, personRows, condition, ""));
        }
        return found;
    }

    /**
     * Returns separate conditions, each of which uses its own index. A combined condition would scan the whole table.
     */
    private static List<Condition> conditions(PersonRows personRows, String userId, Collection<String> addresses) {
        List<Condition> conditions = new ArrayList<>();
        PersonColumns by = personRows.by();
        if (by.user() != null) {
            conditions.add(new Condition(by.user() + " = ?", List.of(userId)));
        }
        if (by.payer() != null) {
            String byPayer = by.payer() + " in (select id from clerk_billing_payers where user_id = ?)";
            conditions.add(new Condition(byPayer, List.of(userId)));
        }
        if (by.address() != null) {
            String withoutUser = by.user() == null ? "" : " and " + by.user() + " is null";
            for (List<String> part : Sql.parts(addresses)) {
                // The database converts both sides to lower case, because databases treat non-ASCII letters
                // differently.
                String lowerParameters = "lower(?), ".repeat(part.size() - 1) + "lower(?)";
                String byAddress = "lower(%s) in (%s)".formatted(by.address(), lowerParameters);
                conditions.add(new Condition(byAddress + withoutUser, part));
            }
        }
        return conditions;
    }

    private static List<String> rows(Connection connection, PersonRows personRows, Condition condition, String limit)
            throws SQLException {
        String sql = "select id from " + personRows.table() + " where " + condition.sql() + personRows.extraCondition()
                + limit;
        return Sql.of(sql, condition.parameters()).texts(connection);
    }

    /** Returns the number of rows that have one of these ids in the column. */
    static long count(Connection connection, String table, String column, Collection<String> ids) throws SQLException {
        String sql = "select count(*) from " + table + " where " + column + " in (%s)";
        return Sql.textsIn(connection, sql, ids).stream()
                .mapToLong(Long::parseLong)
                .sum();
    }

    /** How many results a search returns. */
    enum Extent {
        /** As many as one transaction clears. */
        BATCH(" limit " + MESSAGES),
        /** No limit. */
        ALL("");

        private final String limit;

        Extent(String limit) {
            this.limit = limit;
        }
    }

    /** Returns the messages that contain data of these users or entities and still have a payload. */
    static List<String> messagesOfSubjects(Connection connection, Collection<String> subjects, Extent extent)
            throws SQLException {
        return Sql.textsIn(connection, MESSAGES_OF_SUBJECTS + extent.limit, subjects);
    }

    /**
     * Returns the messages that have a payload and are about rows that mention a person. They may contain data of the
     * person that the row is about.
     */
    static List<String> messagesOfMentions(
            Connection connection, MirrorTable table, Collection<String> ids, Extent extent) throws SQLException {
        String person = table.person().user();
        return person == null
                ? messagesOfSubjects(connection, ids, extent)
                : Sql.textsIn(
                        connection, MESSAGES_OF_ENTITIES.formatted(table.name(), person, "%s") + extent.limit, ids);
    }

    /** Returns a batch of audit log entries about a user, and locks them until the transaction ends. */
    static List<String> auditLines(Connection connection, Dialect dialect, String userId) throws SQLException {
        return Sql.of(AUDIT_LINES + dialect.skippingLocked(), userId).texts(connection);
    }

    /** Clears payloads. Waiting messages and dead letters are marked as erased. */
    static int clearMessages(Connection connection, Collection<String> messageIds) throws SQLException {
        return Sql.updateIn(connection, CLEAR_MESSAGES, messageIds);
    }

    /** Sets the given column, and the column with the entity's JSON, to null in these rows. */
    static int clearMention(Connection connection, String table, String column, Collection<String> ids)
            throws SQLException {
        return Sql.updateIn(
                connection,
                "update %1$s set %2$s = null, raw = null where (%2$s is not null or raw is not null)"
                                .formatted(table, column)
                        + " and id in (%s)",
                ids);
    }
}
