package io.github.bellhop.sync.mirror;

import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The columns that identify a person in a table's rows. A column that the table does not have is null.
 *
 * @param user    the column with the user's id
 * @param payer   the column with the id of the user's payer
 * @param address the column with the person's address, for rows without a user
 * @hidden
 */
public record PersonColumns(
        @Nullable String user,
        @Nullable String payer,
        @Nullable String address) {
    /** For a table whose rows are not about people. */
    static final PersonColumns NOBODY = new PersonColumns(null, null, null);

    /** Returns whether the rows are not about people. */
    public boolean isNobody() {
        return equals(NOBODY);
    }

    /** Returns the columns that are not null. */
    Stream<String> names() {
        return Stream.of(user, payer, address).filter(Objects::nonNull);
    }

    /**
     * A column with data about a person who is only mentioned in the row.
     *
     * @param by     the columns that identify the person
     * @param column the column that an erasure of the person sets to null
     */
    public record Mention(PersonColumns by, String column) {}
}
