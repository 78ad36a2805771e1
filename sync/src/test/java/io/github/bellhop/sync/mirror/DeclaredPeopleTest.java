package io.github.bellhop.sync.mirror;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.github.bellhop.sync.mirror.Column.Meaning;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The personal data that the tables declare. An erasure misses everything that is not declared. */
class DeclaredPeopleTest {
    /** Columns with a different kind of address. */
    private static final Set<String> NOT_ADDRESSES = Set.of("clerk_sessions.ip_address");

    /** A column and the name of its table. */
    record TableColumn(String table, Column column) {
        String name() {
            return table + "." + column.name();
        }
    }

    private static Stream<TableColumn> columns() {
        return ClerkTables.ALL.stream()
                .flatMap(table -> Stream.concat(
                        table.columns().stream().map(column -> new TableColumn(table.name(), column)),
                        table.children().stream()
                                .flatMap(child -> child.columns().stream()
                                        .map(column -> new TableColumn(child.name(), column)))));
    }

    @Test
    void rejectsTableWithoutPersonDeclaration() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> MirrorTable.of("clerk_new", "new").columns(ColumnsBuilder.columns()))
                .withMessage("clerk_new does not say whether its rows are about people");
    }

    @Test
    void rejectsMissingUserColumn() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> MirrorTable.of("clerk_new", "new")
                        .aboutUser("user_id")
                        .mentionsUser("id", "label")
                        .columns(ColumnsBuilder.columns().texts("label")))
                .withMessage("clerk_new has no column [user_id]");
    }

    @Test
    void declaresEveryIdColumnAsId() {
        assertThat(columns().filter(column -> column.column().name().endsWith("_id")))
                .as("columns whose names end in _id: declare them with ids(), bareIds() or id()")
                .allSatisfy(column ->
                        assertThat(column.column().isId()).as(column.name()).isTrue());
        assertThat(columns()
                        .filter(column -> column.column().meaning() == Meaning.BARE_ID)
                        .map(TableColumn::name))
                .containsExactlyInAnyOrder(
                        "clerk_organizations.created_by", "clerk_organization_invitations.inviter_id");
    }

    @Test
    void declaresEveryAddressColumnAsAddress() {
        assertThat(columns()
                        .filter(column -> column.column().type() == Column.Type.TEXT)
                        .filter(column -> !column.column().isId())
                        .filter(column -> column.column().name().matches(".*(email|phone|address|identifier).*"))
                        .filter(column -> !NOT_ADDRESSES.contains(column.name())))
                .as("columns that seem to contain an address: declare them with addresses() or address()")
                .isNotEmpty()
                .allSatisfy(column -> assertThat(column.column().meaning() == Meaning.ADDRESS || isMention(column))
                        .as(column.name())
                        .isTrue());
    }

    private static boolean isMention(TableColumn column) {
        return ClerkTables.ALL.stream()
                .filter(table -> table.name().equals(column.table()))
                .flatMap(table -> table.mentions().stream())
                .anyMatch(mention -> mention.column().equals(column.column().name()));
    }

    @Test
    void clearsMentionAndRawJsonOfMentionedUser() {
        MirrorTable invitations = ClerkTables.ORGANIZATION_INVITATIONS;
        assertThat(invitations.columns().stream()
                        .filter(invitations::containsMentionedUser)
                        .map(Column::name))
                .containsExactly("inviter_identifier", "raw");
        assertThat(ClerkTables.ALL.stream()
                        .filter(table -> table.payloads() == MirrorTable.Payloads.CLEARED)
                        .map(MirrorTable::name))
                .isEqualTo(List.of("clerk_communications"));
    }
}
