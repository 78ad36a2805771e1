package io.github.bellhop.sync.store;

import io.github.bellhop.sync.inbox.FeedEntry;
import io.github.bellhop.sync.inbox.MessageState;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** The statements that read the inbox in the order in which messages came. */
public final class FeedSql {
    private static final String COLUMNS = "message_id, type, entity_id, received_at, state";

    /** What has its payload and what has not are in an index each, so each part reads one page of its own. */
    static final String NEXT = "select %1$s, has_payload from (%2$s union all %3$s) as parts order by received_at,"
                    .formatted(COLUMNS, part("is not null", 1), part("is null", 0))
            + " message_id limit ?";

    private FeedSql() {}

    private static String part(String payload, int hasPayload) {
        return """
                select * from (
                    select %1$s, %2$d as has_payload from bellhop_inbox
                    where payload %3$s and received_at >= ? and (received_at > ? or message_id > ?)
                    order by received_at, message_id limit ?
                ) as part_%2$d""".formatted(COLUMNS, hasPayload, payload);
    }

    /** The next messages after a place in the order of times of arrival, in milliseconds, and ids. */
    public static List<FeedEntry> next(Connection connection, long receivedAt, String messageId, int limit)
            throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(NEXT)) {
            int place = 1;
            for (int part = 0; part < 2; part++) {
                statement.setLong(place++, receivedAt);
                statement.setLong(place++, receivedAt);
                statement.setString(place++, messageId);
                statement.setInt(place++, limit);
            }
            statement.setInt(place, limit);
            List<FeedEntry> entries = new ArrayList<>();
            try (ResultSet row = statement.executeQuery()) {
                while (row.next()) {
                    entries.add(new FeedEntry(
                            row.getLong("received_at"),
                            row.getString("message_id"),
                            row.getString("type"),
                            row.getString("entity_id"),
                            MessageState.of(row.getString("state")),
                            row.getInt("has_payload") == 1));
                }
            }
            return entries;
        }
    }
}
