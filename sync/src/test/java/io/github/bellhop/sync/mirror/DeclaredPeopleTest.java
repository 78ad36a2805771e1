package io.github.bellhop.sync.mirror;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.github.bellhop.sync.mirror.Column.Meaning;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What the tables declare of people: an erasure passes by whatever is forgotten here. */
class DeclaredPeopleTest {
    /** Columns that hold an address of another kind. */
    private static final Set<String> NOT_ADDRESSES = Set.of("clerk_sessions.ip_address");

    /** A column, with the table or list that has it. */
    record Place(String table, Column column) {
        String name() {
            return table + "." + column.name();
        }
    }

    private static Stream<Place> columns() {
        return ClerkTables.ALL.stream()
                .flatMap(table -> Stream.concat(
                        table.columns().stream().map(column -> new Place(table.name(), column)),
                        table.children().stream()
                                .flatMap(child ->
                                        child.columns().stream().map(column -> new Place(child.name(), column)))));
    }

    @Test
    void refusesATableThatDoesNotSayWhomItIsAbout() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> MirrorTable.of("clerk_new", "new").columns(ColumnsBuilder.columns()))
                .withMessage("clerk_new does not say whether its rows are about people");
    }

    @Test
    void refusesAPersonWhomAMissingColumnNames() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> MirrorTable.of("clerk_new", "new")
                        .aboutUser("user_id")
                        .mentionsUser("id", "label")
                        .columns(ColumnsBuilder.columns().texts("label")))
                .withMessage("clerk_new has no column [user_id]");
    }

    @Test
    void declaresEveryColumnThatNamesAThingAsItsId() {
        assertThat(columns().filter(place -> place.column().name().endsWith("_id")))
                .as("columns whose names end in _id: declare them by ids(), bareIds() or id()")
                .allSatisfy(place ->
                        assertThat(place.column().isId()).as(place.name()).isTrue());
        assertThat(columns()
                        .filter(place -> place.column().meaning() == Meaning.BARE_ID)
                        .map(Place::name))
                .containsExactlyInAnyOrder(
                        "clerk_organizations.created_by", "clerk_organization_invitations.inviter_id");
    }

    @Test
    void declaresEveryColumnWithAnAddressAsAnAddress() {
        assertThat(columns()
                        .filter(place -> place.column().type() == Column.Type.TEXT)
                        .filter(place -> !place.column().isId())
                        .filter(place -> place.column().name().matches(".*(email|phone|address|identifier).*"))
                        .filter(place -> !NOT_ADDRESSES.contains(place.name())))
                .as("columns that seem to hold an address: declare them by addresses() or address()")
                .isNotEmpty()
                .allSatisfy(place -> assertThat(place.column().meaning() == Meaning.ADDRESS || isMention(place))
                        .as(place.name())
                        .isTrue());
    }

    private static boolean isMention(Place place) {
        return ClerkTables.ALL.stream()
                .filter(table -> table.name().equals(place.table()))
                .flatMap(table -> table.mentions().stream())
                .anyMatch(mention -> mention.column().equals(place.column().name()));
    }

    @Test
    void clearsTheMentionAndTheWholeEntityOfARowAboutSomebodyElse() {
        MirrorTable invitations = ClerkTables.ORGANIZATION_INVITATIONS;
        assertThat(invitations.columns().stream()
                        .filter(invitations::tellsOfOthers)
                        .map(Column::name))
                .containsExactly("inviter_identifier", "raw");
        assertThat(ClerkTables.ALL.stream()
                        .filter(table -> table.payloads() == MirrorTable.Payloads.CLEARED)
                        .map(MirrorTable::name))
                .isEqualTo(List.of("clerk_communications"));
    }
}
