package io.github.bellhop.sync.mirror;

import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * By which columns the rows of a table are found that tell of a person. A column that the table does not have is null.
 *
 * @param user    the column that names the user
 * @param payer   the column that names the user's payer
 * @param address the column with an address, for rows that name no user
 * @hidden
 */
public record PersonColumns(
        @Nullable String user,
        @Nullable String payer,
        @Nullable String address) {
    /** Of a table whose rows are about no person. */
    static final PersonColumns NOBODY = new PersonColumns(null, null, null);

    /** Whether the rows are about no person. */
    public boolean isNobody() {
        return equals(NOBODY);
    }

    /** The columns that there are. */
    Stream<String> names() {
        return Stream.of(user, payer, address).filter(Objects::nonNull);
    }

    /**
     * A column that tells of a person in rows about somebody or something else.
     *
     * @param by     by what the rows are found
     * @param column what becomes null when the person is erased
     */
    public record Mention(PersonColumns by, String column) {}
}
