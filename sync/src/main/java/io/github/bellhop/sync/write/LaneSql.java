package io.github.bellhop.sync.write;

import io.github.bellhop.sync.inbox.RunRow;
import io.github.bellhop.sync.mirror.MirrorTable;
import io.github.bellhop.sync.store.Sql;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** SQL statements on lanes. */
final class LaneSql {
    static final String OF_RUNS = """
            select run.entity_id from bellhop_inbox m join bellhop_handler_runs run on run.message_id = m.message_id
            where m.entity_id = ? and run.died_at is null
            order by run.received_at desc, run.message_id desc limit 1""";

    private static final String REMOVE = "delete from bellhop_handler_runs where message_id = ? and handler = ?";

    private static final String PROMOTE = """
            update bellhop_handler_runs set head = true
            where handler = ? and message_id = (
                    select message_id from bellhop_handler_runs
                    where handler = ? and entity_id = ? and died_at is null
                    order by received_at, message_id limit 1)
                and not exists (select 1 from bellhop_handler_runs where handler = ? and entity_id = ? and head)""";

    private static final String HELD = """
            select handler, entity_id, stale_too from bellhop_handler_runs
            where message_id = ? and stale is null and died_at is null order by handler""";

    private static final String RELEASE = """
            update bellhop_handler_runs set stale = ?, next_attempt_at = ?
            where message_id = ? and handler = ? and stale is null and died_at is null""";

    private static final String CLEAR_LATER =
            "update bellhop_handler_runs set clear_payload = true where message_id = ?";

    private static final String TAKE_DEAD = """
            delete from bellhop_handler_runs where message_id = ? and died_at is not null%s
            returning handler, entity_id, received_at, stale, stale_too, clear_payload""";

    private LaneSql() {}

    /** Returns the lane of the newest waiting run about this entity, if there is one. */
    static Optional<String> ofRuns(Connection connection, String entityId) throws SQLException {
        return Sql.of(OF_RUNS, entityId).first(connection, row -> row.getString(1));
    }

    /** Returns an entity's natural key from the mirror; null if there is no row or the key is incomplete. */
    static @Nullable String ofRow(Connection connection, MirrorTable table, String id) throws SQLException {
        List<String> columns =
                table.lanes().stream().flatMap(List::stream).distinct().toList();
        String sql = "select %s from %s where id = ?".formatted(String.join(", ", columns), table.name());
        Map<String, @Nullable String> values = new HashMap<>();
        Sql.of(sql, id).each(connection, row -> {
            for (String column : columns) {
                values.put(column, row.getString(column));
            }
        });
        return values.isEmpty() ? null : table.lane(values::get);
    }

    /** Removes a run. */
    static void remove(Connection connection, String messageId, String handler) throws SQLException {
        Sql.of(REMOVE, messageId, handler).run(connection);
    }

    /** Makes the next run of a lane its head, if the lane has none. The caller must have locked the lane. */
    static void promote(Connection connection, String handler, String entityId) throws SQLException {
        Sql.of(PROMOTE, handler, handler, entityId, handler, entityId).run(connection);
    }

    /** A run that waits for its message to be mirrored. */
    record Held(String handler, String entityId, boolean staleToo) {}

    /** Returns the runs of a message that wait for it to be mirrored. */
    static List<Held> held(Connection connection, String messageId) throws SQLException {
        return Sql.of(HELD, messageId)
                .list(connection, row -> new Held(row.getString(1), row.getString(2), row.getBoolean(3)));
    }

    /** Makes a run due after its message has been mirrored. */
    static void release(Connection connection, String messageId, String handler, boolean stale, long now)
            throws SQLException {
        Sql.of(RELEASE, stale, now, messageId, handler).run(connection);
    }

    /** Marks a message's payload to be cleared with its last run. */
    static void clearLater(Connection connection, String messageId) throws SQLException {
        Sql.of(CLEAR_LATER, messageId).run(connection);
    }

    /**
     * Deletes the dead runs of a message and returns new runs to insert in their place, due and marked as a replay.
     *
     * @param handlers the handlers whose runs are replaced; null for all
     */
    static List<RunRow> takeDead(
            Connection connection, String messageId, @Nullable Collection<String> handlers, long now)
            throws SQLException {
        if (handlers != null && handlers.isEmpty()) {
            return List.of();
        }
        List<String> parameters = new ArrayList<>(List.of(messageId));
        String condition = "";
        if (handlers != null) {
            parameters.addAll(handlers);
            condition = " and handler in (" + Sql.marks(handlers.size()) + ")";
        }
        return Sql.of(TAKE_DEAD.formatted(condition), parameters)
                .list(
                        connection,
                        row -> new RunRow(
                                messageId,
                                row.getString("handler"),
                                row.getString("entity_id"),
                                row.getLong("received_at"),
                                now,
                                row.getBoolean("stale"),
                                row.getBoolean("stale_too"),
                                true,
                                row.getBoolean("clear_payload"),
                                0));
    }
}
