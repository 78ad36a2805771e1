package io.github.bellhop.sync.erase;

import io.github.bellhop.sync.mirror.ClerkTables;
import io.github.bellhop.sync.mirror.MirrorTable;
import io.github.bellhop.sync.store.PersonSql.Place;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** By what the rows about a person are found, table by table. */
final class PersonalTables {
    /** Rows that are about one person, in the order in which they go: those by which others are found go last. */
    static final List<PersonalTable> ALL = List.of(
            byUser("clerk_communications", "user_id", "to_address"),
            byUser("clerk_organization_invitations", "user_id", "email_address"),
            byUser("clerk_waitlist_entries", null, "email_address"),
            byUser("clerk_sessions", "user_id", null),
            byPayer("clerk_billing_payment_attempts"),
            byPayer("clerk_billing_subscription_items"),
            byPayer("clerk_billing_subscriptions"),
            byUser("clerk_billing_payers", "user_id", null),
            byUser("clerk_organization_memberships", "user_id", null),
            byUser("clerk_users", "id", null));

    /** Rows of others that tell something of a person, in columns of their own. */
    static final List<Mention> MENTIONS = List.of(
            new Mention(table("clerk_organization_invitations"), "inviter_id", null, "inviter_identifier"),
            new Mention(
                    table("clerk_organization_domains"),
                    null,
                    "affiliation_email_address",
                    "affiliation_email_address"));

    /** Tables that are about nobody. */
    static final Set<String> IMPERSONAL = Set.of("clerk_organizations", "clerk_permissions", "clerk_roles");

    /** Where a person's addresses stand. */
    static final List<AddressColumn> ADDRESSES = List.of(
            new AddressColumn("clerk_users", "id", "primary_email"),
            new AddressColumn("clerk_users", "id", "primary_phone"),
            new AddressColumn("clerk_user_email_addresses", "user_id", "email_address"),
            new AddressColumn("clerk_user_phone_numbers", "user_id", "phone_number"),
            new AddressColumn("clerk_user_external_accounts", "user_id", "email_address"),
            new AddressColumn("clerk_user_saml_accounts", "user_id", "email_address"),
            new AddressColumn("clerk_user_enterprise_accounts", "user_id", "email_address"),
            new AddressColumn("clerk_organization_memberships", "user_id", "identifier"),
            new AddressColumn("clerk_organization_invitations", "user_id", "email_address"),
            new AddressColumn("clerk_communications", "user_id", "to_address"),
            new AddressColumn("clerk_billing_payers", "user_id", "email"));

    private PersonalTables() {}

    /**
     * A table whose rows are about one person each.
     *
     * @param table         the table
     * @param userColumn    the column that names the user
     * @param payerColumn   the column that names the user's payer
     * @param addressColumn the column with the address, for rows that name no user
     */
    record PersonalTable(
            MirrorTable table,
            @Nullable String userColumn,
            @Nullable String payerColumn,
            @Nullable String addressColumn) {
        Place place() {
            return new Place(table.name(), userColumn, payerColumn, addressColumn, "");
        }
    }

    /**
     * A column of a row about somebody or something else.
     *
     * @param table         the table
     * @param userColumn    the column that names the user
     * @param addressColumn the column with the address
     * @param column        what becomes null
     */
    record Mention(
            MirrorTable table,
            @Nullable String userColumn,
            @Nullable String addressColumn,
            String column) {
        /** Only rows that tell something still. */
        Place place() {
            String known = " and (%s is not null or raw is not null)".formatted(column);
            return new Place(table.name(), userColumn, null, addressColumn, known);
        }
    }

    /**
     * A column with addresses of a user.
     *
     * @param table      the table
     * @param userColumn the column that names the user
     * @param column     the column
     */
    record AddressColumn(String table, String userColumn, String column) {}

    private static PersonalTable byUser(String name, @Nullable String userColumn, @Nullable String addressColumn) {
        return new PersonalTable(table(name), userColumn, null, addressColumn);
    }

    private static PersonalTable byPayer(String name) {
        return new PersonalTable(table(name), null, "payer_id", null);
    }

    private static MirrorTable table(String name) {
        return ClerkTables.ALL.stream()
                .filter(table -> table.name().equals(name))
                .findFirst()
                .orElseThrow();
    }
}
