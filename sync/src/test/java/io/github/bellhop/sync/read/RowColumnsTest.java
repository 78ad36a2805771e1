package io.github.bellhop.sync.read;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.bellhop.sync.mirror.ClerkTables;
import io.github.bellhop.sync.mirror.Column;
import io.github.bellhop.sync.mirror.MirrorTable;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every declared column is a component of its table's record, or is listed here as left out. */
class RowColumnsTest {
    /** A table with its record. */
    record Typed(MirrorTable table, Class<? extends Record> type, RowColumns<?> columns, Set<String> leftOut) {
        @Override
        public String toString() {
            return type.getSimpleName();
        }
    }

    static Stream<Typed> records() {
        return Stream.of(
                new Typed(
                        ClerkTables.USERS,
                        ClerkUser.class,
                        ClerkUser.COLUMNS,
                        Set.of(
                                "backup_code_enabled",
                                "bypass_client_trust",
                                "create_organization_enabled",
                                "create_organizations_limit",
                                "delete_self_enabled",
                                "deprovisioned",
                                "has_image",
                                "last_active_at",
                                "legal_accepted_at",
                                "locale",
                                "mfa_disabled_at",
                                "mfa_enabled_at",
                                "password_enabled",
                                "password_last_updated_at",
                                "primary_email_address_id",
                                "primary_phone",
                                "primary_phone_number_id",
                                "primary_web3_wallet_id",
                                "profile_image_url",
                                "requires_password_reset",
                                "scim",
                                "totp_enabled",
                                "two_factor_enabled",
                                "unsafe_metadata")),
                new Typed(
                        ClerkTables.ORGANIZATIONS,
                        ClerkOrganization.class,
                        ClerkOrganization.COLUMNS,
                        Set.of(
                                "admin_delete_enabled",
                                "has_image",
                                "last_active_at",
                                "members_count",
                                "missing_member_with_elevated_permissions",
                                "pending_invitations_count",
                                "role_set_key")),
                new Typed(
                        ClerkTables.ORGANIZATION_MEMBERSHIPS,
                        ClerkMembership.class,
                        ClerkMembership.COLUMNS,
                        Set.of(
                                "banned",
                                "deprovisioned",
                                "first_name",
                                "has_image",
                                "identifier",
                                "image_url",
                                "last_name",
                                "role_name")));
    }

    @ParameterizedTest
    @MethodSource("records")
    void hasEveryDeclaredColumnExceptListedOnes(Typed typed) {
        Set<String> declared = typed.table().columns().stream()
                .filter(column -> column.access() == Column.Access.ORDINARY)
                .map(Column::name)
                .collect(Collectors.toCollection(TreeSet::new));
        declared.removeAll(typed.columns().names());
        assertThat(declared)
                .as(
                        "columns of %s: add them to %s, or to the columns left out in this test",
                        typed.table().name(), typed)
                .isEqualTo(new TreeSet<>(typed.leftOut()));
    }

    @ParameterizedTest
    @MethodSource("records")
    void readsOnlyExistingColumns(Typed typed) {
        Stream<String> declared = typed.table().columns().stream().map(Column::name);
        assertThat(typed.columns().names())
                .isSubsetOf(Stream.concat(declared, Stream.of("id", "deleted_at", "bellhop_version"))
                        .toList());
    }
}
