package io.github.bellhop.sync.handle;

import io.github.bellhop.sync.inbox.RunRow;
import io.github.bellhop.sync.store.Dialect;
import io.github.bellhop.sync.store.Sql;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The statements that claim runs and read what they are given. */
final class RunSql {
    private static final String CLAIMABLE = """
            select message_id, handler, entity_id, received_at, next_attempt_at, stale, stale_too, replay,
                clear_payload, attempts
            from bellhop_handler_runs where head and handler = ? and next_attempt_at <= ?
            and next_attempt_at is not null""";
    private static final String FIRST = " order by next_attempt_at limit 1";

    static final String CLAIM = CLAIMABLE + FIRST;

    /** Looks once into the index for each handler; a join would read all that is due, or held. */
    static final String DUE_HANDLERS = """
            with wanted (name) as (values %s)
            select name from wanted where (
                select 1 from bellhop_handler_runs where head and handler = wanted.name and next_attempt_at <= ?
                    and next_attempt_at is not null order by next_attempt_at limit 1) is not null""";

    private static final String HAS_PAYLOAD =
            "select message_id from bellhop_inbox where message_id = ? and payload is not null";
    private static final String MESSAGE = "select type, entity_id, payload from bellhop_inbox where message_id = ?";

    private RunSql() {}

    /**
     * Which of a handler's due runs may be claimed.
     *
     * @param except the messages whose runs may not be claimed
     * @param only   the only messages whose runs may be claimed; empty for all messages
     */
    record Filter(Set<String> except, Optional<Set<String>> only) {
        static final Filter ALL = new Filter(Set.of(), Optional.empty());

        private String condition() {
            return (except.isEmpty() ? "" : " and message_id not in (" + Sql.marks(except.size()) + ")")
                    + only.map(ids -> " and message_id in (" + Sql.marks(ids.size()) + ")")
                            .orElse("");
        }
    }

    /**
     * Returns those of the handlers that have a run that is due, claimed or not.
     *
     * @param handlers their names, at least one
     */
    static List<String> dueHandlers(Connection connection, List<String> handlers, long now) throws SQLException {
        String places = String.join(", ", Collections.nCopies(handlers.size(), "(?)"));
        List<Object> parameters = new ArrayList<>(handlers);
        parameters.add(now);
        return Sql.of(DUE_HANDLERS.formatted(places), parameters).texts(connection);
    }

    /**
     * Claims the run that is due for the longest time among some of the handler's, for as long as the transaction.
     *
     * @return empty when none is due, and when the one that is due is being ended by another transaction
     */
    static Optional<ClaimedRun> claim(
            Connection connection, Dialect dialect, Handlers.Registered<?> handler, long now, Filter filter)
            throws SQLException {
        if (filter.only().filter(Set::isEmpty).isPresent()) {
            return Optional.empty();
        }
        List<Object> parameters = new ArrayList<>(List.of(handler.name(), now));
        parameters.addAll(filter.except());
        filter.only().ifPresent(parameters::addAll);
        String select = CLAIMABLE + filter.condition() + FIRST;
        return Sql.of(dialect.claimingRun(select), parameters)
                .first(
                        connection,
                        row -> row.getBoolean("free")
                                ? Optional.of(new ClaimedRun(handler, run(row), dialect.claimHolder(row), null, null))
                                : Optional.<ClaimedRun>empty())
                .flatMap(claimed -> claimed);
    }

    private static RunRow run(ResultSet row) throws SQLException {
        return new RunRow(
                row.getString("message_id"),
                row.getString("handler"),
                row.getString("entity_id"),
                row.getLong("received_at"),
                true,
                row.getLong("next_attempt_at"),
                row.getBoolean("stale"),
                row.getBoolean("stale_too"),
                row.getBoolean("replay"),
                row.getBoolean("clear_payload"),
                row.getInt("attempts"));
    }

    /**
     * Returns whether a message has its payload, and keeps it until the transaction ends: whoever clears it waits, and
     * then clears what was noted too.
     */
    static boolean holdPayload(Connection connection, Dialect dialect, String messageId) throws SQLException {
        return Sql.of(HAS_PAYLOAD + dialect.sharing(), messageId).exists(connection);
    }

    /**
     * What a handler is given, and people are told, of a message.
     *
     * @param payload null when it is cleared
     */
    @SuppressWarnings("ArrayRecordComponent") // it is read once, and compared with nothing
    record Message(@Nullable String type, @Nullable String entityId, byte @Nullable [] payload) {
        /** What is left of a message that is forgotten. */
        static final Message FORGOTTEN = new Message(null, null, null);
    }

    /** Returns the message of a run. */
    static Message message(Connection connection, String messageId) throws SQLException {
        return Sql.of(MESSAGE, messageId)
                .first(connection, row -> new Message(row.getString(1), row.getString(2), row.getBytes(3)))
                .orElse(Message.FORGOTTEN);
    }
}
