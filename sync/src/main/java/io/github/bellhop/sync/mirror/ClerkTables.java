package io.github.bellhop.sync.mirror;

import static io.github.bellhop.sync.mirror.ColumnType.BOOLEAN;
import static io.github.bellhop.sync.mirror.ColumnType.TEXT;
import static io.github.bellhop.sync.mirror.ColumnsBuilder.columns;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The tables of the mirror, parents before their children. A new key of Clerk's is a line here and one in a migration.
 *
 * <p>Not mirrored on purpose: {@code lockout_expires_in_seconds} and {@code verification_attempts_remaining} (they
 * count from the moment of the event), backup codes, nonces and messages of wallet verifications (secrets).
 */
public final class ClerkTables {
    private static final Map<String, Integer> FINAL_SESSION_STATES =
            Map.of("ended", 1, "revoked", 1, "removed", 1, "expired", 1, "abandoned", 1, "replaced", 1);

    /** Users, with the primary addresses written out for the app's convenience. */
    public static final MirrorTable USERS = new MirrorTable(
            "clerk_users",
            "user",
            "user",
            columns()
                    .ids("external_id")
                    .texts("username", "first_name", "last_name", "locale", "image_url")
                    .booleans("has_image")
                    .texts("profile_image_url")
                    .ids("primary_email_address_id", "primary_phone_number_id", "primary_web3_wallet_id")
                    .column("primary_email", TEXT, PrimaryOf.value("email_addresses", "email_address"))
                    .column("primary_email_verified", BOOLEAN, PrimaryOf.verified("email_addresses", "email_address"))
                    .column("primary_phone", TEXT, PrimaryOf.value("phone_numbers", "phone_number"))
                    .booleans("password_enabled", "two_factor_enabled", "totp_enabled", "backup_code_enabled")
                    .booleans("banned", "locked", "deprovisioned", "bypass_client_trust", "requires_password_reset")
                    .booleans("delete_self_enabled", "create_organization_enabled")
                    .numbers("create_organizations_limit")
                    .json("public_metadata", "unsafe_metadata")
                    .privateJson("private_metadata")
                    .json("scim")
                    .times("last_sign_in_at", "last_active_at", "password_last_updated_at")
                    .times("mfa_enabled_at", "mfa_disabled_at", "legal_accepted_at", "created_at", "updated_at")
                    .list(),
            UserChildTables.ALL,
            Map.of(),
            Map.of(),
            Map.of());

    /** Organizations: the tenants of an app. */
    public static final MirrorTable ORGANIZATIONS = new MirrorTable(
            "clerk_organizations",
            "organization",
            "organization",
            columns()
                    .texts("name", "slug", "image_url")
                    .booleans("has_image")
                    .ids("created_by")
                    .numbers("max_allowed_memberships")
                    .booleans("admin_delete_enabled")
                    .texts("role_set_key")
                    .numbers("members_count", "pending_invitations_count")
                    .booleans("missing_member_with_elevated_permissions")
                    .json("public_metadata")
                    .privateJson("private_metadata")
                    .times("last_active_at", "created_at", "updated_at")
                    .list(),
            List.of(),
            Map.of(),
            Map.of(),
            Map.of());

    /** Who belongs to which organization, with the member's public data as it was at the event. */
    public static final MirrorTable ORGANIZATION_MEMBERSHIPS = new MirrorTable(
            "clerk_organization_memberships",
            "organization_membership",
            "organizationMembership",
            columns()
                    .column("organization_id", TEXT, Source.firstOf("organization.id", "organization_id"))
                    .column("user_id", TEXT, Source.firstOf("public_user_data.user_id", "user_id"))
                    .texts("role", "role_name")
                    .json("permissions", "public_metadata")
                    .privateJson("private_metadata")
                    .column("identifier", TEXT, Source.at("public_user_data.identifier"))
                    .column("first_name", TEXT, Source.at("public_user_data.first_name"))
                    .column("last_name", TEXT, Source.at("public_user_data.last_name"))
                    .column("image_url", TEXT, Source.at("public_user_data.image_url"))
                    .column("has_image", BOOLEAN, Source.at("public_user_data.has_image"))
                    .column("banned", BOOLEAN, Source.at("public_user_data.banned"))
                    .column("deprovisioned", BOOLEAN, Source.at("public_user_data.deprovisioned"))
                    .times("created_at", "updated_at")
                    .list(),
            List.of(),
            Map.of("organization_id", ORGANIZATIONS, "user_id", USERS),
            Map.of("organization", ORGANIZATIONS),
            Map.of());

    /** Sessions. None expires by an event: {@code expire_at} and {@code abandon_at} tell. */
    public static final MirrorTable SESSIONS = new MirrorTable(
            "clerk_sessions",
            "session",
            "session",
            columns()
                    .ids("user_id", "client_id")
                    .texts("status")
                    .json("actor")
                    .ids("last_active_organization_id")
                    .times("last_active_at", "expire_at", "abandon_at")
                    .column("device_type", TEXT, Source.at("latest_activity.device_type"))
                    .column("is_mobile", BOOLEAN, Source.at("latest_activity.is_mobile"))
                    .column("browser_name", TEXT, Source.at("latest_activity.browser_name"))
                    .column("browser_version", TEXT, Source.at("latest_activity.browser_version"))
                    .column("ip_address", TEXT, Source.at("latest_activity.ip_address"))
                    .column("city", TEXT, Source.at("latest_activity.city"))
                    .column("country", TEXT, Source.at("latest_activity.country"))
                    .times("created_at", "updated_at")
                    .list(),
            List.of(),
            Map.of("user_id", USERS),
            Map.of("user", USERS),
            FINAL_SESSION_STATES);

    /** All of them, parents first: the order in which a transaction writes. */
    public static final List<MirrorTable> ALL = List.of(USERS, ORGANIZATIONS, ORGANIZATION_MEMBERSHIPS, SESSIONS);

    private ClerkTables() {}

    /** The table of a family of events; null when the family is kept but not mirrored. */
    public static @Nullable MirrorTable ofFamily(String family) {
        for (MirrorTable table : ALL) {
            if (table.family().equals(family)) {
                return table;
            }
        }
        return null;
    }
}
