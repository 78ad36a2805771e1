package io.github.bellhop.sync.refusal;

import io.github.bellhop.sync.store.Sql;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;

/** SQL statements on {@code bellhop_refusals}. */
final class RefusalSql {
    // Other servers on the same database add to the same rows.
    private static final String ADD = """
            insert into bellhop_refusals (minute, reason, count, last_at) values (?, ?, ?, ?)
            on conflict (minute, reason) do update set count = bellhop_refusals.count + excluded.count,
                last_at = case when excluded.last_at > bellhop_refusals.last_at
                    then excluded.last_at else bellhop_refusals.last_at end""";

    private static final String SINCE = """
            select reason, sum(count), max(last_at) from bellhop_refusals where minute >= ? and last_at > ?
            group by reason order by max(last_at) desc, reason""";

    private RefusalSql() {}

    /**
     * The number of refusals within one minute for one reason.
     *
     * @param minute the start of the minute, in milliseconds since 1970
     * @param reason the receiver's name for the reason
     * @param count  the number of refusals
     * @param lastAt when the last one happened, in milliseconds since 1970
     */
    record MinuteCount(long minute, String reason, long count, long lastAt) {}

    /** Adds counts to the stored ones, always in the same order, so that two servers never deadlock. */
    static void add(Connection connection, List<MinuteCount> counts) throws SQLException {
        List<MinuteCount> sorted = counts.stream()
                .sorted(Comparator.comparingLong(MinuteCount::minute).thenComparing(MinuteCount::reason))
                .toList();
        Sql.updateEach(
                connection,
                ADD,
                sorted,
                count -> List.of(count.minute(), count.reason(), count.count(), count.lastAt()));
    }

    /** Deletes the rows for minutes before the given time and returns their number. */
    static int deleteBefore(Connection connection, long before) throws SQLException {
        return Sql.of("delete from bellhop_refusals where minute < ?", before).update(connection);
    }

    /** Returns the refusals after the given time, grouped by reason, most recent first. */
    static List<Refusals.Count> since(Connection connection, Instant time) throws SQLException {
        long at = time.toEpochMilli();
        return Sql.of(SINCE, at / 60_000 * 60_000, at)
                .list(
                        connection,
                        row -> new Refusals.Count(
                                row.getString(1), row.getLong(2), Instant.ofEpochMilli(row.getLong(3))));
    }
}
