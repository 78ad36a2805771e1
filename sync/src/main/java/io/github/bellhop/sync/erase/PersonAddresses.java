package io.github.bellhop.sync.erase;

import io.github.bellhop.sync.mirror.ChildTable;
import io.github.bellhop.sync.mirror.ClerkTables;
import io.github.bellhop.sync.mirror.Column;
import io.github.bellhop.sync.mirror.MirrorTable;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Reads a person's addresses from the columns that are declared as addresses. */
final class PersonAddresses {
    /** The maximum length in characters. Longer values are not addresses and may not fit into an index. */
    private static final int MAX_LENGTH = 500;

    private PersonAddresses() {}

    /** Returns this user's addresses from the database, together with the further addresses. */
    static Set<String> of(Connection connection, String userId, Collection<String> further) throws SQLException {
        Set<String> addresses = new LinkedHashSet<>(further);
        addresses.addAll(ErasureSql.addresses(connection, userId));
        for (MirrorTable table : ClerkTables.ALL) {
            String user = table.person().user();
            if (user != null) {
                addresses.addAll(in(connection, table.name(), user, table.columns(), userId));
            }
            if (table.isPersonTable()) {
                for (ChildTable list : table.children()) {
                    addresses.addAll(in(connection, list.name(), list.parentColumn(), list.columns(), userId));
                }
            }
        }
        addresses.remove(userId);
        return withoutTooLong(addresses);
    }

    private static Set<String> in(
            Connection connection, String table, String userColumn, List<Column> columns, String userId)
            throws SQLException {
        Set<String> found = new LinkedHashSet<>();
        for (Column column : columns) {
            if (column.meaning() == Column.Meaning.ADDRESS) {
                found.addAll(PersonSql.values(connection, table, userColumn, userId, column.name()));
            }
        }
        return found;
    }

    /** Returns only the values that are short enough to be addresses. */
    static Set<String> withoutTooLong(Collection<String> addresses) {
        return addresses.stream()
                .filter(address -> address.length() <= MAX_LENGTH)
                .collect(Collectors.toCollection(LinkedHashSet::new));
    }
}
