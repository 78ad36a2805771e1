package io.github.bellhop.sync.store;

import io.github.bellhop.sync.mirror.ChildTable;
import io.github.bellhop.sync.mirror.Column;
import io.github.bellhop.sync.mirror.EntityKey;
import io.github.bellhop.sync.mirror.EntityRow;
import io.github.bellhop.sync.mirror.MirrorTable;
import io.github.bellhop.sync.mirror.Projection.AuditEntry;
import io.github.bellhop.sync.mirror.Version;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The statements on the mirror that are the same in all dialects, and the shared parts of other statements.
 *
 * @hidden
 */
public final class MirrorSql {
    private static final String TOMBSTONE = "select 1 from bellhop_tombstones where entity = ? and entity_id = ?";

    /** The column with a row's version. */
    static final Field VERSION = Field.text("bellhop_version");

    private MirrorSql() {}

    /** Returns whether an entity has a tombstone. */
    public static boolean isDeleted(Connection connection, EntityKey key) throws SQLException {
        return Sql.of(TOMBSTONE, key.entity(), key.id()).exists(connection);
    }

    /** Returns the version of an entity's row, if there is one. */
    public static Optional<Version> version(Connection connection, MirrorTable table, String id) throws SQLException {
        return Sql.of("select bellhop_version from %s where id = ?".formatted(table.name()), id)
                .first(connection, row -> new Version(row.getString(1)));
    }

    /**
     * A column of a statement.
     *
     * @param name the column's name
     * @param type the column's type
     */
    record Field(String name, Column.Type type) {
        static Field text(String name) {
            return new Field(name, Column.Type.TEXT);
        }

        /** Parses a comma-separated list of fields. A field's type follows a colon; without a colon, the type is text. */
        static List<Field> list(String fields) {
            return Stream.of(fields.split(", ", -1))
                    .map(field -> field.split(":", -1))
                    .map(field -> new Field(
                            field[0],
                            field.length == 1
                                    ? Column.Type.TEXT
                                    : Column.Type.valueOf(field[1].toUpperCase(Locale.ROOT))))
                    .toList();
        }
    }

    /** The columns of the audit log. */
    static final List<Field> AUDIT_FIELDS =
            Field.list("message_id, type, occurred_at:time, user_id, session_id, client_ip, user_agent");

    /** Returns the values of an entry's {@link #AUDIT_FIELDS}. */
    static @Nullable Object[] values(AuditEntry entry) {
        return new @Nullable Object[] {
            entry.messageId(),
            entry.type(),
            entry.occurredAt(),
            entry.userId(),
            entry.sessionId(),
            entry.clientIp(),
            entry.userAgent()
        };
    }

    /**
     * Returns the fields to write: the id, the declared columns that are present, and the columns that all tables have.
     */
    static List<Field> fields(MirrorTable table, long present) {
        List<Field> fields = new ArrayList<>();
        fields.add(Field.text("id"));
        List<Column> columns = table.columns();
        for (int i = 0; i < columns.size(); i++) {
            if ((present & (1L << i)) != 0) {
                fields.add(new Field(columns.get(i).name(), columns.get(i).type()));
            }
        }
        fields.add(new Field("deleted_at", Column.Type.TIME));
        fields.add(new Field("synced_at", Column.Type.TIME));
        fields.add(VERSION);
        return fields;
    }

    /** Returns the fields' names, separated by commas. */
    static String names(List<Field> fields) {
        return fields.stream().map(Field::name).collect(Collectors.joining(", "));
    }

    /** Returns a row's values in the order of its {@link #fields}: strings, longs, booleans and instants. */
    static @Nullable Object[] values(EntityRow row, @Nullable Long deletedAt, Instant now) {
        int count = Long.bitCount(row.present());
        @Nullable Object[] values = new Object[count + 4];
        values[0] = row.id();
        int index = 1;
        for (int i = 0; i < row.values().length; i++) {
            if ((row.present() & (1L << i)) != 0) {
                values[index++] = row.values()[i];
            }
        }
        values[index++] = deletedAt == null ? null : Instant.ofEpochMilli(deletedAt);
        values[index++] = now;
        values[index] = row.version().text();
        return values;
    }

    /** Returns the fields of a child table: the parent's id, the element's id and the declared columns. */
    static List<Field> fields(ChildTable table) {
        List<Field> fields = new ArrayList<>();
        fields.add(Field.text(table.parentColumn()));
        fields.add(Field.text(table.idColumn()));
        table.columns().forEach(column -> fields.add(new Field(column.name(), column.type())));
        return fields;
    }

    /** Returns the conflict action for inserting a child row. It updates an existing row that is different. */
    static String updateIfDifferent(ChildTable table) {
        List<String> names = table.columns().stream().map(Column::name).toList();
        if (names.isEmpty()) {
            return "do nothing";
        }
        String set = names.stream().map(name -> name + " = excluded." + name).collect(Collectors.joining(", "));
        String current = names.stream().map(name -> table.name() + "." + name).collect(Collectors.joining(", "));
        String excluded = names.stream().map(name -> "excluded." + name).collect(Collectors.joining(", "));
        return "do update set %s where (%s) is distinct from (%s)".formatted(set, current, excluded);
    }
}
