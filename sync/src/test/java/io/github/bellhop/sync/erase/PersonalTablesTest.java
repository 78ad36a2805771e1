package io.github.bellhop.sync.erase;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.bellhop.sync.erase.PersonalTables.PersonalTable;
import io.github.bellhop.sync.mirror.ClerkTables;
import io.github.bellhop.sync.mirror.Column;
import io.github.bellhop.sync.mirror.MirrorTable;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** A table that is added to the mirror must be declared here too, or an erasure would pass it by. */
class PersonalTablesTest {
    @Test
    void saysOfEveryTableWhetherItIsAboutPeople() {
        Set<String> declared = new HashSet<>(PersonalTables.IMPERSONAL);
        PersonalTables.ALL.forEach(personal -> declared.add(personal.table().name()));
        PersonalTables.MENTIONS.forEach(mention -> declared.add(mention.table().name()));
        assertThat(ClerkTables.ALL).extracting(MirrorTable::name).containsExactlyInAnyOrderElementsOf(declared);
    }

    @Test
    void namesColumnsThatThereAre() {
        for (PersonalTable personal : PersonalTables.ALL) {
            List<String> columns = Stream.concat(
                            Stream.of("id"), personal.table().columns().stream().map(Column::name))
                    .toList();
            assertThat(Stream.of(personal.userColumn(), personal.payerColumn(), personal.addressColumn())
                            .filter(Objects::nonNull))
                    .as(personal.table().name())
                    .isNotEmpty()
                    .isSubsetOf(columns);
        }
    }

    @Test
    void removesWhatIsFoundByPayersBeforeThePayersAndUsersLast() {
        List<String> order = PersonalTables.ALL.stream()
                .map(personal -> personal.table().name())
                .toList();
        assertThat(order).endsWith("clerk_users");
        assertThat(PersonalTables.ALL)
                .filteredOn(personal -> personal.payerColumn() != null)
                .allSatisfy(
                        personal -> assertThat(order.indexOf(personal.table().name()))
                                .isLessThan(order.indexOf("clerk_billing_payers")));
    }
}
