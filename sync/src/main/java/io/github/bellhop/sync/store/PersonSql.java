package io.github.bellhop.sync.store;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The statements that find what the database knows of a person, the same everywhere.
 *
 * @hidden
 */
public final class PersonSql {
    /** How many rows of the mirror one transaction erases at most. */
    private static final int BATCH = 50;

    private static final String MESSAGES_OF_SUBJECTS = """
            select message_id from bellhop_inbox
            where payload is not null and subject_id in (%s) order by message_id limit 500""";

    private static final String MESSAGES_OF_ENTITIES = """
            select m.message_id from bellhop_inbox m join %1$s t on m.subject_id in (t.id, t.%2$s)
            where m.payload is not null and m.entity_id = t.id and t.id in (%3$s) order by m.message_id limit 500""";

    private static final String CLEAR_MESSAGES = """
            update bellhop_inbox set payload = null, next_attempt_at = null, died_at = null,
                reason = case when next_attempt_at is null and died_at is null then reason else 'erased' end,
                state = case when next_attempt_at is null and died_at is null then state else 'kept' end
            where message_id in (%s)""";

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
     * The ids of some rows that name the user or the user's payer, or, if they name no user at all, one of the
     * addresses.
     *
     * @param and a further condition, empty for none
     */
    public static List<String> rows(
            Connection connection,
            String table,
            @Nullable String userColumn,
            @Nullable String payerColumn,
            @Nullable String addressColumn,
            String userId,
            Collection<String> addresses,
            String and)
            throws SQLException {
        // One condition at a time, each with an index of its own: together they would read the whole table.
        List<String> found = List.of();
        if (userColumn != null) {
            found = rows(connection, table, userColumn + " = ?" + and, List.of(userId));
        }
        if (found.isEmpty() && payerColumn != null) {
            String ofPayer = payerColumn + " in (select id from clerk_billing_payers where user_id = ?)";
            found = rows(connection, table, ofPayer + and, List.of(userId));
        }
        if (found.isEmpty() && addressColumn != null && !addresses.isEmpty()) {
            String unclaimed = userColumn == null ? "" : " and " + userColumn + " is null";
            String atAddress = "lower(%s) in (%s)".formatted(addressColumn, Ids.marks(addresses.size()));
            List<String> lower = addresses.stream()
                    .map(address -> address.toLowerCase(Locale.ROOT))
                    .toList();
            found = rows(connection, table, atAddress + unclaimed + and, lower);
        }
        return found;
    }

    private static List<String> rows(Connection connection, String table, String condition, List<String> parameters)
            throws SQLException {
        String sql = "select id from %s where %s limit %d".formatted(table, condition, BATCH);
        return Ids.all(connection, sql, parameters.toArray());
    }

    /** Some messages that carry the data of these users or entities and have their payload still. */
    public static List<String> messagesOfSubjects(Connection connection, Collection<String> subjects)
            throws SQLException {
        return Ids.all(connection, MESSAGES_OF_SUBJECTS.formatted(Ids.marks(subjects.size())), subjects.toArray());
    }

    /** The same for messages about rows that may carry the data of another user, whom a column of the row names. */
    public static List<String> messagesOfEntities(
            Connection connection, String table, String otherColumn, Collection<String> ids) throws SQLException {
        return Ids.all(
                connection, MESSAGES_OF_ENTITIES.formatted(table, otherColumn, Ids.marks(ids.size())), ids.toArray());
    }

    /** Clears payloads for good: a message that waited for something waits no longer. */
    public static int clearMessages(Connection connection, Collection<String> messageIds) throws SQLException {
        return Ids.update(connection, CLEAR_MESSAGES, messageIds);
    }

    /** Makes a column, and the entity's own JSON, null in these rows. */
    public static int forget(Connection connection, String table, String column, Collection<String> ids)
            throws SQLException {
        return Ids.update(
                connection, "update " + table + " set " + column + " = null, raw = null where id in (%s)", ids);
    }
}
