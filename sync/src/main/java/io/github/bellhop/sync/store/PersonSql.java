package io.github.bellhop.sync.store;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The statements that find what the database knows of a person, the same everywhere.
 *
 * @hidden
 */
public final class PersonSql {
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

    private PersonSql() {}

    /** What a column has in the rows whose other column has this id. */
    public static List<String> values(Connection connection, String table, String idColumn, String id, String column)
            throws SQLException {
        return Ids.all(
                connection,
                "select %2$s from %1$s where %3$s = ? and %2$s is not null".formatted(table, column, idColumn),
                id);
    }

    /**
     * By what the rows of a table are found that are about somebody.
     *
     * @param table         the table
     * @param userColumn    the column that names the user
     * @param payerColumn   the column that names the user's payer
     * @param addressColumn the column with an address, for rows that name no user
     * @param and           a further condition, empty for none
     */
    public record Place(
            String table,
            @Nullable String userColumn,
            @Nullable String payerColumn,
            @Nullable String addressColumn,
            String and) {}

    private record Condition(String sql, List<String> parameters) {}

    /** The ids of some rows that name the user or the user's payer, or, if they name no user at all, one of the addresses. */
    public static List<String> rows(Connection connection, Place place, String userId, Collection<String> addresses)
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
    public static Set<String> allRows(Connection connection, Place place, String userId, Collection<String> addresses)
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
        if (place.userColumn() != null) {
            conditions.add(new Condition(place.userColumn() + " = ?", List.of(userId)));
        }
        if (place.payerColumn() != null) {
            String ofPayer = place.payerColumn() + " in (select id from clerk_billing_payers where user_id = ?)";
            conditions.add(new Condition(ofPayer, List.of(userId)));
        }
        if (place.addressColumn() != null && !addresses.isEmpty()) {
            String unclaimed = place.userColumn() == null ? "" : " and " + place.userColumn() + " is null";
            // The database lowers both, since databases differ about letters beyond ASCII.
            String lowered = "lower(?), ".repeat(addresses.size() - 1) + "lower(?)";
            String atAddress = "lower(%s) in (%s)".formatted(place.addressColumn(), lowered);
            conditions.add(new Condition(atAddress + unclaimed, List.copyOf(addresses)));
        }
        return conditions;
    }

    private static List<String> rows(Connection connection, Place place, Condition condition, String limit)
            throws SQLException {
        String sql = "select id from " + place.table() + " where " + condition.sql() + place.and() + limit;
        return Ids.all(connection, sql, condition.parameters().toArray());
    }

    /** How many rows of a table have one of these ids in a column. */
    public static long count(Connection connection, String table, String column, Collection<String> ids)
            throws SQLException {
        String sql = "select count(*) from %s where %s in (%s)".formatted(table, column, Ids.marks(ids.size()));
        return Long.parseLong(Ids.all(connection, sql, ids.toArray()).get(0));
    }

    /** Some messages that carry the data of these users or entities and have their payload still. */
    public static List<String> messagesOfSubjects(Connection connection, Collection<String> subjects)
            throws SQLException {
        return messagesOfSubjects(connection, subjects, " limit " + MESSAGES);
    }

    /** All these messages. */
    public static List<String> allMessagesOfSubjects(Connection connection, Collection<String> subjects)
            throws SQLException {
        return messagesOfSubjects(connection, subjects, "");
    }

    private static List<String> messagesOfSubjects(Connection connection, Collection<String> subjects, String limit)
            throws SQLException {
        String sql = MESSAGES_OF_SUBJECTS.formatted(Ids.marks(subjects.size())) + limit;
        return Ids.all(connection, sql, subjects.toArray());
    }

    /** The same for messages about rows that may carry the data of another user, whom a column of the row names. */
    public static List<String> messagesOfEntities(
            Connection connection, String table, String otherColumn, Collection<String> ids) throws SQLException {
        return messagesOfEntities(connection, table, otherColumn, ids, " limit " + MESSAGES);
    }

    /** All these messages. */
    public static List<String> allMessagesOfEntities(
            Connection connection, String table, String otherColumn, Collection<String> ids) throws SQLException {
        return messagesOfEntities(connection, table, otherColumn, ids, "");
    }

    private static List<String> messagesOfEntities(
            Connection connection, String table, String otherColumn, Collection<String> ids, String limit)
            throws SQLException {
        String sql = MESSAGES_OF_ENTITIES.formatted(table, otherColumn, Ids.marks(ids.size())) + limit;
        return Ids.all(connection, sql, ids.toArray());
    }

    /** Clears payloads for good: a message that waited for something waits no longer. */
    public static int clearMessages(Connection connection, Collection<String> messageIds) throws SQLException {
        return Ids.update(connection, CLEAR_MESSAGES, messageIds);
    }

    /** Makes a column, and the entity's own JSON, null in these rows. */
    public static int forget(Connection connection, String table, String column, Collection<String> ids)
            throws SQLException {
        return Ids.update(
                connection,
                "update %1$s set %2$s = null, raw = null where (%2$s is not null or raw is not null)"
                                .formatted(table, column)
                        + " and id in (%s)",
                ids);
    }
}
