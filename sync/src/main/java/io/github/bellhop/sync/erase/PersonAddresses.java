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

/** The addresses by which a person is found, read from the columns that are declared to hold one. */
final class PersonAddresses {
    /** Characters; indexes have a limit, and what is longer is no address. */
    private static final int MAX_LENGTH = 500;

    private PersonAddresses() {}

    /** The addresses that the database knows as this user's, and further ones. */
    static Set<String> of(Connection connection, String userId, Collection<String> further) throws SQLException {
        Set<String> addresses = new LinkedHashSet<>(further);
        addresses.addAll(ErasureSql.addresses(connection, userId));
        for (MirrorTable table : ClerkTables.ALL) {
            String user = table.person().user();
            if (user != null) {
                addresses.addAll(in(connection, table.name(), user, table.columns(), userId));
            }
            if (table.isOfPeople()) {
                for (ChildTable list : table.children()) {
                    addresses.addAll(in(connection, list.name(), list.parentColumn(), list.columns(), userId));
                }
            }
        }
        addresses.remove(userId);
        return withoutLong(addresses);
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

    /** Those that may be addresses by their length. */
    static Set<String> withoutLong(Collection<String> addresses) {
        return addresses.stream()
                .filter(address -> address.length() <= MAX_LENGTH)
                .collect(Collectors.toCollection(LinkedHashSet::new));
    }
}
