package io.github.bellhop.sync.erase;

import io.github.bellhop.sync.inbox.MessagePlace;
import io.github.bellhop.sync.store.Sql;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** The statements that read all payloads in parts of limited size. */
final class PayloadSql {
    /** The maximum number of payloads in a part. */
    private static final int MAX_ROWS = 500;

    /** The maximum number of bytes in a part. A larger payload forms a part by itself. */
    private static final long MAX_BYTES = 4L * 1024 * 1024;

    private static final String SIZES =
            "select received_at, message_id, length(payload) from bellhop_inbox where payload is not null";
    private static final String BEYOND = " and received_at >= ? and (received_at > ? or message_id > ?)";
    private static final String OLDEST = " order by received_at, message_id limit " + MAX_ROWS;
    private static final String PAYLOADS =
            "select message_id, payload from bellhop_inbox where payload is not null and message_id in (%s)";

    private PayloadSql() {}

    /** Returns the positions of the next payloads after a position, oldest first; empty if there are none. */
    static List<MessagePlace> next(Connection connection, @Nullable MessagePlace after) throws SQLException {
        Sql sizes = after == null
                ? Sql.of(SIZES + OLDEST)
                : Sql.of(SIZES + BEYOND + OLDEST, after.receivedAt(), after.receivedAt(), after.messageId());
        long[] bytes = {0};
        List<MessagePlace> positions = new ArrayList<>();
        sizes.each(connection, row -> {
            bytes[0] += row.getLong(3);
            if (bytes[0] <= MAX_BYTES || positions.isEmpty()) {
                positions.add(new MessagePlace(row.getLong(1), row.getString(2)));
            }
        });
        return positions;
    }

    /** Reads the payloads at these positions. Skips payloads that no longer exist. */
    static void read(Connection connection, List<MessagePlace> positions, BiConsumer<String, byte[]> reader)
            throws SQLException {
        List<String> ids = positions.stream().map(MessagePlace::messageId).toList();
        Sql.eachIn(connection, PAYLOADS, ids, row -> reader.accept(row.getString(1), row.getBytes(2)));
    }
}
