package io.github.bellhop.sync.erase;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.bellhop.sync.mirror.ClerkTables;
import io.github.bellhop.sync.mirror.MirrorTable;
import java.util.List;
import org.junit.jupiter.api.Test;

class PersonErasureTest {
    private static final List<MirrorTable> ORDER = PersonErasure.CHILDREN_FIRST;

    @Test
    void removesRowsOfPayersBeforePayersAndUsersLast() {
        List<String> order = ORDER.stream().map(MirrorTable::name).toList();
        assertThat(order).endsWith("clerk_users");
        assertThat(ORDER)
                .filteredOn(table -> table.person().payer() != null)
                .isNotEmpty()
                .allSatisfy(table ->
                        assertThat(order.indexOf(table.name())).isLessThan(order.indexOf("clerk_billing_payers")));
    }

    /** A new table of the mirror that is not about people must be added here. */
    @Test
    void skipsOnlyTablesThatAreNotAboutPeople() {
        assertThat(ClerkTables.ALL)
                .filteredOn(table -> !ORDER.contains(table))
                .extracting(MirrorTable::name)
                .containsExactlyInAnyOrder(
                        "clerk_organizations", "clerk_organization_domains", "clerk_permissions", "clerk_roles");
    }
}
