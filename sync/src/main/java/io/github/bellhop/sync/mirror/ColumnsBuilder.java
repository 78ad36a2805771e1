package io.github.bellhop.sync.mirror;

import io.github.bellhop.sync.mirror.Column.Access;
import io.github.bellhop.sync.mirror.Column.Empty;
import io.github.bellhop.sync.mirror.Column.Meaning;
import java.util.ArrayList;
import java.util.List;

/** Builds the list of a table's columns, in the order of the calls. */
final class ColumnsBuilder {
    private final List<Column> columns = new ArrayList<>();

    static ColumnsBuilder columns() {
        return new ColumnsBuilder();
    }

    /** Text columns with the same names as their keys. */
    ColumnsBuilder texts(String... names) {
        return each(Column.Type.TEXT, Meaning.PLAIN, Empty.TEXT, names);
    }

    /** Text columns with the same names as their keys; an empty string means null. */
    ColumnsBuilder textsOrNull(String... names) {
        return each(Column.Type.TEXT, Meaning.PLAIN, Empty.NULL, names);
    }

    /** Columns for addresses of the row's person, with the same names as their keys. */
    ColumnsBuilder addresses(String... names) {
        return each(Column.Type.TEXT, Meaning.ADDRESS, Empty.TEXT, names);
    }

    /** Columns for addresses of the row's person, with the same names as their keys; an empty string means null. */
    ColumnsBuilder addressesOrNull(String... names) {
        return each(Column.Type.TEXT, Meaning.ADDRESS, Empty.NULL, names);
    }

    /** A column for an address of the row's person, with a name that differs from its key. */
    ColumnsBuilder address(String name, Source source) {
        return text(name, Meaning.ADDRESS, source);
    }

    /**
     * Id columns with the same names as their keys. Clerk writes some missing ids as an empty string, which means null.
     */
    ColumnsBuilder ids(String... names) {
        return each(Column.Type.TEXT, Meaning.ID, Empty.NULL, names);
    }

    /** Columns for ids of people about whom the row contains nothing else, with the same names as their keys. */
    ColumnsBuilder bareIds(String... names) {
        return each(Column.Type.TEXT, Meaning.BARE_ID, Empty.NULL, names);
    }

    /** An id column with a name that differs from its key. */
    ColumnsBuilder id(String name, Source source) {
        return text(name, Meaning.ID, source);
    }

    ColumnsBuilder booleans(String... names) {
        return each(Column.Type.BOOLEAN, Meaning.PLAIN, Empty.TEXT, names);
    }

    ColumnsBuilder numbers(String... names) {
        return each(Column.Type.BIGINT, Meaning.PLAIN, Empty.TEXT, names);
    }

    ColumnsBuilder times(String... names) {
        return each(Column.Type.TIME, Meaning.PLAIN, Empty.TEXT, names);
    }

    ColumnsBuilder json(String... names) {
        return each(Column.Type.JSON, Meaning.PLAIN, Empty.TEXT, names);
    }

    ColumnsBuilder privateJson(String name) {
        return add(new Column(name, Column.Type.JSON, Meaning.PLAIN, Source.at(name), Empty.TEXT, Access.PRIVATE));
    }

    /** A column for the entity's own JSON, without secrets. */
    ColumnsBuilder raw() {
        Source whole = Source.computed("the whole entity, without secrets", entity -> entity);
        return add(new Column("raw", Column.Type.JSON, Meaning.PLAIN, whole, Empty.TEXT, Access.RAW));
    }

    /** A column with a name that differs from its key. */
    ColumnsBuilder column(String name, Column.Type type, Source source) {
        return add(new Column(name, type, Meaning.PLAIN, source, Empty.NULL, Access.ORDINARY));
    }

    /** The columns for an object's {@code verification}. */
    ColumnsBuilder verification() {
        return column("verification_status", Column.Type.TEXT, Source.at("verification.status"))
                .column("verification_strategy", Column.Type.TEXT, Source.at("verification.strategy"))
                .column("verification_attempts", Column.Type.BIGINT, Source.at("verification.attempts"))
                .column("verification_expire_at", Column.Type.TIME, Source.at("verification.expire_at"));
    }

    private ColumnsBuilder text(String name, Meaning meaning, Source source) {
        return add(new Column(name, Column.Type.TEXT, meaning, source, Empty.NULL, Access.ORDINARY));
    }

    private ColumnsBuilder each(Column.Type type, Meaning meaning, Empty empty, String... names) {
        for (String name : names) {
            add(new Column(name, type, meaning, Source.at(name), empty, Access.ORDINARY));
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
