package io.github.bellhop.sync.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A statement and its parameters, run on the caller's connection inside the caller's transaction. Parameters are
 * strings, integers, booleans, bytes, null, and {@code Parameter}s. Immutable and thread-safe.
 *
 * @hidden
 */
public final class Sql {
    /** The maximum number of ids in one statement, because databases limit the number of parameters. */
    private static final int MAX_IDS = 500;

    private static final DateTimeFormatter ISO_MILLIS =
            new DateTimeFormatterBuilder().appendInstant(3).toFormatter();

    private final String text;
    private final List<@Nullable Object> parameters;

    private Sql(String text, List<@Nullable Object> parameters) {
        this.text = text;
        this.parameters = parameters;
    }

    /** Creates a statement with one parameter for each question mark. */
    public static Sql of(String text, @Nullable Object... parameters) {
        return new Sql(text, Arrays.asList(parameters));
    }

    /** Creates a statement with one parameter for each question mark. */
    public static Sql of(String text, List<? extends @Nullable Object> parameters) {
        return new Sql(text, new ArrayList<>(parameters));
    }

    /** A parameter that binds itself. */
    @FunctionalInterface
    interface Parameter {
        void bind(PreparedStatement statement, int index) throws SQLException;
    }

    /** Reads one row. */
    @FunctionalInterface
    public interface RowReader<T> {
        /** Reads the current row. */
        T read(ResultSet row) throws SQLException;
    }

    /** Consumes one row. */
    @FunctionalInterface
    public interface RowConsumer {
        /** Consumes the current row. */
        void take(ResultSet row) throws SQLException;
    }

    /** Passes all rows to the consumer. */
    public void each(Connection connection, RowConsumer consumer) throws SQLException {
        try (PreparedStatement statement = prepare(connection);
                ResultSet row = statement.executeQuery()) {
            while (row.next()) {
                consumer.take(row);
            }
        }
    }

    /**
     * Runs several statements, separated by semicolons, in one round trip.
     *
     * @param consumers one consumer for the rows of each of the first statements, in order; the rows of further
     *     statements are ignored
     */
    void eachOfSeveral(Connection connection, List<RowConsumer> consumers) throws SQLException {
        try (PreparedStatement statement = prepare(connection)) {
            statement.execute();
            for (int i = 0; i < consumers.size(); i++) {
                if (i > 0) {
                    statement.getMoreResults();
                }
                try (ResultSet row = statement.getResultSet()) {
                    while (row.next()) {
                        consumers.get(i).take(row);
                    }
                }
            }
        }
    }

    /** Returns all rows. */
    public <T> List<T> list(Connection connection, RowReader<T> reader) throws SQLException {
        List<T> rows = new ArrayList<>();
        each(connection, row -> rows.add(reader.read(row)));
        return rows;
    }

    /** Returns the first row, if there is one. */
    public <T> Optional<T> first(Connection connection, RowReader<T> reader) throws SQLException {
        try (PreparedStatement statement = prepare(connection);
                ResultSet row = statement.executeQuery()) {
            return row.next() ? Optional.of(reader.read(row)) : Optional.empty();
        }
    }

    /** Returns the first column of all rows. */
    public List<String> texts(Connection connection) throws SQLException {
        return list(connection, row -> row.getString(1));
    }

    /** Returns the number in the first column of the first row; null if the column is null or there is no row. */
    public @Nullable Long number(Connection connection) throws SQLException {
        try (PreparedStatement statement = prepare(connection);
                ResultSet row = statement.executeQuery()) {
            return row.next() ? number(row, 1) : null;
        }
    }

    /** Returns the number in the first column of the first row; 0 if the column is null or there is no row. */
    public long count(Connection connection) throws SQLException {
        Long count = number(connection);
        return count == null ? 0 : count;
    }

    /** Returns whether the statement returns at least one row. */
    public boolean exists(Connection connection) throws SQLException {
        return first(connection, row -> true).isPresent();
    }

    /** Runs the statement and returns the number of changed rows. */
    public int update(Connection connection) throws SQLException {
        try (PreparedStatement statement = prepare(connection)) {
            return statement.executeUpdate();
        }
    }

    /** Runs the statement and ignores its result. */
    public void run(Connection connection) throws SQLException {
        try (PreparedStatement statement = prepare(connection)) {
            boolean unused = statement.execute();
        }
    }

    /** Runs a statement for each element, in order, with the parameters that the function returns for the element. */
    public static <T> void updateEach(
            Connection connection,
            String text,
            Collection<T> elements,
            Function<T, List<? extends @Nullable Object>> parameters)
            throws SQLException {
        if (elements.isEmpty()) {
            return;
        }
        try (PreparedStatement statement = connection.prepareStatement(text)) {
            for (T element : elements) {
                bind(statement, parameters.apply(element));
                statement.addBatch();
            }
            int[] unused = statement.executeBatch();
        }
    }

    /**
     * Runs a statement that contains {@code in (%s)} exactly once, for any number of ids. If there are many ids, the
     * statement is run several times. Returns the number of changed rows.
     */
    public static int updateIn(Connection connection, String text, Collection<String> ids) throws SQLException {
        int updated = 0;
        for (List<String> part : parts(ids)) {
            updated += of(text.formatted(marks(part.size())), part).update(connection);
        }
        return updated;
    }

    /** Deletes the rows of a table with one of these ids in the column. Returns the number of deleted rows. */
    public static int remove(Connection connection, String table, String column, Collection<String> ids)
            throws SQLException {
        return updateIn(connection, "delete from " + table + " where " + column + " in (%s)", new TreeSet<>(ids));
    }

    /** Like {@link #updateIn}, for a select. Passes all rows to the consumer. */
    public static void eachIn(Connection connection, String text, Collection<String> ids, RowConsumer consumer)
            throws SQLException {
        for (List<String> part : parts(ids)) {
            of(text.formatted(marks(part.size())), part).each(connection, consumer);
        }
    }

    /** Like {@link #updateIn}, for a select. Returns all rows. */
    public static <T> List<T> listIn(Connection connection, String text, Collection<String> ids, RowReader<T> reader)
            throws SQLException {
        List<T> rows = new ArrayList<>();
        eachIn(connection, text, ids, row -> rows.add(reader.read(row)));
        return rows;
    }

    /** Like {@link #updateIn}, for a select. Returns the first column of all rows. */
    public static List<String> textsIn(Connection connection, String text, Collection<String> ids) throws SQLException {
        return listIn(connection, text, ids, row -> row.getString(1));
    }

    /** Removes duplicate ids and splits the rest into parts that are small enough for one statement. */
    public static List<List<String>> parts(Collection<String> ids) {
        List<String> all = ids.stream().distinct().toList();
        List<List<String>> parts = new ArrayList<>();
        for (int from = 0; from < all.size(); from += MAX_IDS) {
            parts.add(all.subList(from, Math.min(from + MAX_IDS, all.size())));
        }
        return parts;
    }

    /** Returns question marks, separated by commas. */
    public static String marks(int count) {
        return String.join(", ", Collections.nCopies(count, "?"));
    }

    /** Reads a number; null if the column is null. */
    public static @Nullable Long number(ResultSet row, int column) throws SQLException {
        long number = row.getLong(column);
        return row.wasNull() ? null : (Long) number;
    }

    /** Reads a time in milliseconds; null if the column is null. */
    public static @Nullable Instant time(ResultSet row, String column) throws SQLException {
        long millis = row.getLong(column);
        return row.wasNull() ? null : Instant.ofEpochMilli(millis);
    }

    /** Formats a time with milliseconds, in a format that every database can read: {@code 2026-03-01T12:00:00.000Z}. */
    public static String iso(Instant time) {
        return ISO_MILLIS.format(time);
    }

    /** Returns the statement's text. */
    public String text() {
        return text;
    }

    /** Returns the parameters in order. */
    public List<@Nullable Object> parameters() {
        return parameters;
    }

    private PreparedStatement prepare(Connection connection) throws SQLException {
        PreparedStatement statement = connection.prepareStatement(text);
        try {
            bind(statement, parameters);
            return statement;
        } catch (SQLException | RuntimeException fault) {
            statement.close();
            throw fault;
        }
    }

    private static void bind(PreparedStatement statement, List<? extends @Nullable Object> parameters)
            throws SQLException {
        int index = 1;
        for (Object parameter : parameters) {
            if (parameter == null) {
                statement.setNull(index++, Types.NULL);
            } else if (parameter instanceof Parameter own) {
                own.bind(statement, index++);
            } else {
                statement.setObject(index++, parameter);
            }
        }
    }
}
