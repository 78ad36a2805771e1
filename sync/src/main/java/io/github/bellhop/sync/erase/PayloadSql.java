package io.github.bellhop.sync.erase;

import io.github.bellhop.sync.inbox.MessagePlace;
import io.github.bellhop.sync.store.Sql;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** The statements that go through all payloads, a bounded part at a time. */
final class PayloadSql {
    /** How many payloads one part has at most. */
    private static final int ROWS = 500;

    /** How many bytes one part has at most, unless a single payload has more. */
    private static final long BYTES = 4L * 1024 * 1024;

    private static final String SIZES =
            "select received_at, message_id, length(payload) from bellhop_inbox where payload is not null";
    private static final String BEYOND = " and received_at >= ? and (received_at > ? or message_id > ?)";
    private static final String OLDEST = " order by received_at, message_id limit " + ROWS;
    private static final String PAYLOADS =
            "select message_id, payload from bellhop_inbox where payload is not null and message_id in (%s)";

    private PayloadSql() {}

    /** Returns the places of the next payloads after a place, oldest first; empty after the last. */
    static List<MessagePlace> next(Connection connection, @Nullable MessagePlace after) throws SQLException {
        Sql sizes = after == null
                ? Sql.of(SIZES + OLDEST)
                : Sql.of(SIZES + BEYOND + OLDEST, after.receivedAt(), after.receivedAt(), after.messageId());
        long[] bytes = {0};
        List<MessagePlace> places = new ArrayList<>();
        sizes.each(connection, row -> {
            bytes[0] += row.getLong(3);
            if (bytes[0] <= BYTES || places.isEmpty()) {
                places.add(new MessagePlace(row.getLong(1), row.getString(2)));
            }
        });
        return places;
    }

    /** Reads the payloads at these places, as far as they are still there. */
    static void read(Connection connection, List<MessagePlace> places, BiConsumer<String, byte[]> reader)
            throws SQLException {
        List<String> ids = places.stream().map(MessagePlace::messageId).toList();
        Sql.eachIn(connection, PAYLOADS, ids, row -> reader.accept(row.getString(1), row.getBytes(2)));
    }
}
