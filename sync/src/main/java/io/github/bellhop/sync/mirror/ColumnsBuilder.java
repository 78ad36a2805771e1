package io.github.bellhop.sync.mirror;

import io.github.bellhop.sync.mirror.Column.Absent;
import io.github.bellhop.sync.mirror.Column.Access;
import io.github.bellhop.sync.mirror.Column.Empty;
import java.util.ArrayList;
import java.util.List;

/** Writes down columns, one call a line, in the order of the table. An absent key keeps the column, if not said else. */
final class ColumnsBuilder {
    private final List<Column> columns = new ArrayList<>();

    static ColumnsBuilder columns() {
        return new ColumnsBuilder();
    }

    /** Texts under their own names. */
    ColumnsBuilder texts(String... names) {
        return each(ColumnType.TEXT, Empty.TEXT, names);
    }

    /** Texts under their own names that Clerk leaves empty where it has none. */
    ColumnsBuilder textsOrNull(String... names) {
        return each(ColumnType.TEXT, Empty.NULL, names);
    }

    /** Ids of other things, under their own names; Clerk writes some of them as an empty text where there is none. */
    ColumnsBuilder ids(String... names) {
        return each(ColumnType.TEXT, Empty.NULL, names);
    }

    ColumnsBuilder booleans(String... names) {
        return each(ColumnType.BOOLEAN, Empty.TEXT, names);
    }

    ColumnsBuilder numbers(String... names) {
        return each(ColumnType.BIGINT, Empty.TEXT, names);
    }

    ColumnsBuilder times(String... names) {
        return each(ColumnType.TIME, Empty.TEXT, names);
    }

    ColumnsBuilder json(String... names) {
        return each(ColumnType.JSON, Empty.TEXT, names);
    }

    ColumnsBuilder privateJson(String name) {
        return add(new Column(name, ColumnType.JSON, Source.at(name), Absent.KEEP, Empty.TEXT, Access.PRIVATE));
    }

    /** The entity's own JSON, without secrets. */
    ColumnsBuilder raw() {
        return add(new Column("raw", ColumnType.JSON, RawEntity.SOURCE, Absent.KEEP, Empty.TEXT, Access.RAW));
    }

    /** A column whose value stands elsewhere than under its own name. */
    ColumnsBuilder column(String name, ColumnType type, Source source) {
        return add(new Column(name, type, source, Absent.KEEP, Empty.NULL, Access.ORDINARY));
    }

    /** A column that becomes null when its key is absent. */
    ColumnsBuilder nullWhenAbsent(String name, ColumnType type, Source source) {
        return add(new Column(name, type, source, Absent.NULL, Empty.NULL, Access.ORDINARY));
    }

    /** The usual columns of an object's {@code verification}. */
    ColumnsBuilder verification() {
        return column("verification_status", ColumnType.TEXT, Source.at("verification.status"))
                .column("verification_strategy", ColumnType.TEXT, Source.at("verification.strategy"))
                .column("verification_attempts", ColumnType.BIGINT, Source.at("verification.attempts"))
                .column("verification_expire_at", ColumnType.TIME, Source.at("verification.expire_at"));
    }

    private ColumnsBuilder each(ColumnType type, Empty empty, String... names) {
        for (String name : names) {
            add(new Column(name, type, Source.at(name), Absent.KEEP, empty, Access.ORDINARY));
        }
        return this;
    }

    private ColumnsBuilder add(Column column) {
        columns.add(column);
        return this;
    }

    List<Column> list() {
        return columns;
    }
}
