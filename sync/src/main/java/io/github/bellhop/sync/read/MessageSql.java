package io.github.bellhop.sync.read;

import io.github.bellhop.sync.inbox.ListedState;
import io.github.bellhop.sync.inbox.MessageFilter;
import io.github.bellhop.sync.inbox.MessagePlace;
import io.github.bellhop.sync.inbox.MessageRecord;
import io.github.bellhop.sync.store.InboxSql;
import io.github.bellhop.sync.store.Sql;
import io.github.bellhop.sync.store.Wildcards;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** SQL statements that read messages for display and for the feed. */
final class MessageSql {
    private static final String NEWEST = " order by received_at desc, message_id desc limit ?";

    // Messages with and without a payload have separate indexes.
    private static final String PART =
            "select * from (select " + InboxSql.MESSAGE_COLUMNS + " from bellhop_inbox where ";
    private static final String TIME_BACK = "select received_at from bellhop_inbox where %s and received_at < ?"
            + " order by received_at desc limit 1 offset ?";
    static final String TIME_AHEAD =
            "select received_at from bellhop_inbox where payload is not null and received_at > ?"
                    + " order by received_at limit 1 offset ?";
    /** Messages with and without a payload have separate indexes, so each part of the union reads at most one page. */
    static final String FEED = "select * from (%s union all %s) as parts order by received_at, message_id limit ?"
            .formatted(feedPart("is not null", 1), feedPart("is null", 2));

    static final String OF_ENTITY = "select " + InboxSql.MESSAGE_COLUMNS
            + " from bellhop_inbox where entity_id = ? order by received_at desc, message_id desc limit 100";
    private static final String PLACES = "select received_at, message_id from bellhop_inbox where payload is not null";
    private static final String COUNT = "select count(*) from bellhop_inbox where payload is ";

    private MessageSql() {}

    private static String feedPart(String payload, int number) {
        return """
                select * from (
                    select %1$s from bellhop_inbox
                    where payload %2$s and received_at >= ? and (received_at > ? or message_id > ?)
                    order by received_at, message_id limit ?
                ) as part_%3$d""".formatted(InboxSql.MESSAGE_COLUMNS, payload, number);
    }

    /** Returns the next messages after a position, oldest first. */
    static List<MessageRecord> next(Connection connection, MessagePlace after, int limit) throws SQLException {
        long receivedAt = after.receivedAt();
        String messageId = after.messageId();
        return Sql.of(FEED, receivedAt, receivedAt, messageId, limit, receivedAt, receivedAt, messageId, limit, limit)
                .list(connection, InboxSql::message);
    }

    /** Returns the newest 100 messages about an entity, newest first. */
    static List<MessageRecord> ofEntity(Connection connection, String entityId) throws SQLException {
        return Sql.of(OF_ENTITY, entityId).list(connection, InboxSql::message);
    }

    /** A condition with its parameters. */
    private static final class Condition {
        private final StringBuilder sql = new StringBuilder();
        private final List<Object> parameters = new ArrayList<>();

        private Condition(MessageFilter filter, Wildcards wildcards) {
            if (!filter.types().isEmpty()) {
                String one = wildcards.condition("type");
                add(" and ("
                        + String.join(" or ", Collections.nCopies(filter.types().size(), one)) + ")");
                filter.types().forEach(type -> parameters.add(wildcards.pattern(type)));
            }
            if (filter.entityId() != null) {
                add(" and entity_id = ?", filter.entityId());
            }
            if (!filter.states().isEmpty()) {
                addStates(filter.states());
            }
            if (filter.since() != null) {
                add(" and received_at >= ?", filter.since().toEpochMilli());
            }
            if (filter.until() != null) {
                add(" and received_at < ?", filter.until().toEpochMilli());
            }
        }

        private void addStates(Set<ListedState> states) {
            List<String> others = states.stream()
                    .filter(state -> state != ListedState.WAITING)
                    .map(ListedState::id)
                    .toList();
            List<String> either = new ArrayList<>();
            if (states.contains(ListedState.WAITING)) {
                either.add("next_attempt_at is not null");
            }
            if (!others.isEmpty()) {
                either.add("(next_attempt_at is null and state in (" + Sql.marks(others.size()) + "))");
            }
            add(" and (" + String.join(" or ", either) + ")", others.toArray());
        }

        /** Adds a comparison with a position: {@code <} for older messages, {@code >} for newer ones. */
        private Condition beyond(@Nullable MessagePlace place, char sign) {
            if (place != null) {
                add(" and received_at " + sign + "= ?", place.receivedAt());
                add(" and (received_at " + sign + " ?", place.receivedAt());
                add(" or message_id " + sign + " ?)", place.messageId());
            }
            return this;
        }

        private Condition add(String part, Object... values) {
            sql.append(part);
            parameters.addAll(List.of(values));
            return this;
        }
    }

    /** Returns the newest messages, newest first. */
    static List<MessageRecord> newest(
            Connection connection, Wildcards wildcards, MessageFilter filter, @Nullable MessagePlace before, int limit)
            throws SQLException {
        return newest(wildcards, filter, before, limit).list(connection, InboxSql::message);
    }

    static Sql newest(Wildcards wildcards, MessageFilter filter, @Nullable MessagePlace before, int limit) {
        List<String> parts = new ArrayList<>();
        List<Object> parameters = new ArrayList<>();
        for (String part : parts(filter)) {
            MessageFilter own = usesUnmirroredIndex(filter)
                    ? new MessageFilter(filter.types(), null, Set.of(), filter.since(), filter.until())
                    : filter;
            Condition condition =
                    new Condition(own, wildcards).beyond(before, '<').add(NEWEST, limit);
            parts.add(PART + part + condition.sql + ") as part" + parts.size());
            parameters.addAll(condition.parameters);
        }
        parameters.add(limit);
        return Sql.of(String.join(" union all ", parts) + NEWEST, parameters);
    }

    /** Returns conditions that split the messages into groups, each with its own index. */
    private static List<String> parts(MessageFilter filter) {
        if (!usesUnmirroredIndex(filter)) {
            return List.of("payload is not null", "payload is null");
        }
        // A literal instead of a parameter, so that the planner can use the partial index.
        return filter.states().stream()
                .sorted()
                .map(state -> state == ListedState.WAITING
                        ? "next_attempt_at is not null"
                        : "state = '%s' and state <> 'mirrored' and next_attempt_at is null".formatted(state.id()))
                .toList();
    }

    /** Returns whether all messages that match the filter are in the small partial indexes. */
    static boolean usesUnmirroredIndex(MessageFilter filter) {
        return filter.entityId() == null
                && !filter.states().isEmpty()
                && !filter.states().contains(ListedState.MIRRORED);
    }

    /**
     * Returns the time at which a part of a search begins. This is the receipt time of the n-th newest message before a
     * given time, in the index where that time is later. At most 2n messages lie between the two times. Empty if
     * neither index contains n such messages.
     *
     * @param messages n
     */
    static Optional<Instant> timeBack(Connection connection, long until, int messages) throws SQLException {
        List<String> times = new ArrayList<>();
        for (String part : List.of("payload is not null", "payload is null")) {
            times.addAll(Sql.of(TIME_BACK.formatted(part), until, messages - 1).texts(connection));
        }
        return times.stream().map(Long::valueOf).max(Long::compare).map(Instant::ofEpochMilli);
    }

    /**
     * Returns the receipt time of the n-th message with a payload after a given time; empty if there are fewer.
     *
     * @param messages n
     */
    static Optional<Instant> timeAhead(Connection connection, long since, int messages) throws SQLException {
        Long time = Sql.of(TIME_AHEAD, since, messages - 1).number(connection);
        return Optional.ofNullable(time).map(Instant::ofEpochMilli);
    }

    /** Returns the positions of the oldest messages that still have their payload, oldest first. */
    static List<MessagePlace> oldestWithPayload(
            Connection connection, Wildcards wildcards, MessageFilter filter, @Nullable MessagePlace after, int limit)
            throws SQLException {
        Condition condition = new Condition(filter, wildcards)
                .beyond(after, '>')
                .add(" order by received_at, message_id limit ?", limit);
        return Sql.of(PLACES + condition.sql, condition.parameters)
                .list(connection, row -> new MessagePlace(row.getLong(1), row.getString(2)));
    }

    /** Counts the messages with a payload, or those without. */
    static long count(
            Connection connection,
            Wildcards wildcards,
            MessageFilter filter,
            @Nullable MessagePlace after,
            boolean withPayload)
            throws SQLException {
        Condition condition = new Condition(filter, wildcards).beyond(after, '>');
        String sql = COUNT + (withPayload ? "not null" : "null") + condition.sql;
        return Sql.of(sql, condition.parameters).count(connection);
    }
}
