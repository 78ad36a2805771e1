package io.github.bellhop.sync.mirror;

import static io.github.bellhop.sync.mirror.Column.Type.BOOLEAN;
import static io.github.bellhop.sync.mirror.Column.Type.TEXT;
import static io.github.bellhop.sync.mirror.Column.Type.TIME;
import static io.github.bellhop.sync.mirror.ColumnsBuilder.columns;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The tables of the mirror, parents before their children. For a new key in Clerk's objects, add a line here and one in
 * a migration. The declarations also say which columns contain personal data.
 *
 * <p>Deliberately not mirrored: {@code lockout_expires_in_seconds} and {@code verification_attempts_remaining}, which
 * are relative to the time of the event; and secrets: backup codes, nonces and messages of wallet verifications, the
 * URLs of invitations, and the bodies and codes of e-mails and text messages.
 *
 * @hidden
 */
public final class ClerkTables {
    /** Users, with separate columns for their primary addresses. */
    public static final MirrorTable USERS = MirrorTable.of("clerk_users", "user")
            .from("user")
            .ids("user_")
            .aboutUser("id")
            .children(UserChildTables.ALL)
            .columns(columns()
                    .ids("external_id")
                    .texts("username", "first_name", "last_name", "locale", "image_url")
                    .booleans("has_image")
                    .texts("profile_image_url")
                    .ids("primary_email_address_id", "primary_phone_number_id", "primary_web3_wallet_id")
                    .address("primary_email", PrimaryOf.value("email_addresses", "email_address"))
                    .column("primary_email_verified", BOOLEAN, PrimaryOf.verified("email_addresses", "email_address"))
                    .address("primary_phone", PrimaryOf.value("phone_numbers", "phone_number"))
                    .booleans("password_enabled", "two_factor_enabled", "totp_enabled", "backup_code_enabled")
                    .booleans("banned", "locked", "deprovisioned", "bypass_client_trust", "requires_password_reset")
                    .booleans("delete_self_enabled", "create_organization_enabled")
                    .numbers("create_organizations_limit")
                    .json("public_metadata", "unsafe_metadata")
                    .privateJson("private_metadata")
                    .json("scim")
                    .times("last_sign_in_at", "last_active_at", "password_last_updated_at")
                    .times("mfa_enabled_at", "mfa_disabled_at", "legal_accepted_at", "created_at", "updated_at"));

    /** Organizations: the tenants of an app. */
    public static final MirrorTable ORGANIZATIONS = MirrorTable.of("clerk_organizations", "organization")
            .from("organization")
            .ids("org_")
            .aboutNobody()
            .columns(columns()
                    .texts("name", "slug", "image_url")
                    .booleans("has_image")
                    .bareIds("created_by")
                    .numbers("max_allowed_memberships")
                    .booleans("admin_delete_enabled")
                    .texts("role_set_key")
                    .numbers("members_count", "pending_invitations_count")
                    .booleans("missing_member_with_elevated_permissions")
                    .json("public_metadata")
                    .privateJson("private_metadata")
                    .times("last_active_at", "created_at", "updated_at"));

    /** Memberships of users in organizations, with the member's public data at the time of the event. */
    public static final MirrorTable ORGANIZATION_MEMBERSHIPS = MirrorTable.of(
                    "clerk_organization_memberships", "organization_membership")
            .from("organizationMembership")
            .ids("orgmem_")
            .aboutUser("user_id")
            .lane("organization_id", "user_id")
            .parent("organization_id", ORGANIZATIONS)
            .parent("user_id", USERS)
            .nested("organization", ORGANIZATIONS)
            .columns(columns()
                    .id("organization_id", Source.firstOf("organization.id", "organization_id"))
                    .id("user_id", Source.firstOf("public_user_data.user_id", "user_id"))
                    .texts("role", "role_name")
                    .json("permissions", "public_metadata")
                    .privateJson("private_metadata")
                    .address("identifier", Source.at("public_user_data.identifier"))
                    .column("first_name", TEXT, Source.at("public_user_data.first_name"))
                    .column("last_name", TEXT, Source.at("public_user_data.last_name"))
                    .column("image_url", TEXT, Source.at("public_user_data.image_url"))
                    .column("has_image", BOOLEAN, Source.at("public_user_data.has_image"))
                    .column("banned", BOOLEAN, Source.at("public_user_data.banned"))
                    .column("deprovisioned", BOOLEAN, Source.at("public_user_data.deprovisioned"))
                    .times("created_at", "updated_at"));

    /** Invitations to organizations. No event reports that an invitation has expired; check {@code expires_at}. */
    public static final MirrorTable ORGANIZATION_INVITATIONS = MirrorTable.of(
                    "clerk_organization_invitations", "organization_invitation")
            .from("organizationInvitation")
            .ids("orginv_")
            .aboutUser("user_id", "email_address")
            .mentionsUser("inviter_id", "inviter_identifier")
            .lane("organization_id", "email_address")
            .parent("organization_id", ORGANIZATIONS)
            .finalStates("accepted", "revoked", "expired")
            .columns(columns()
                    .id("organization_id", organizationId())
                    .addresses("email_address")
                    .texts("role", "role_name", "status")
                    .ids("user_id")
                    .bareIds("inviter_id")
                    .column("inviter_identifier", TEXT, Source.at("public_inviter_data.identifier"))
                    .json("public_metadata")
                    .privateJson("private_metadata")
                    .times("expires_at", "created_at", "updated_at"));

    /** The domains of organizations. */
    public static final MirrorTable ORGANIZATION_DOMAINS = MirrorTable.of(
                    "clerk_organization_domains", "organization_domain")
            .from("organizationDomain")
            .ids("orgdmn_", "orgdm_")
            .aboutNobody()
            .mentionsAddress("affiliation_email_address")
            .lane("organization_id", "name")
            .parent("organization_id", ORGANIZATIONS)
            .columns(columns()
                    .id("organization_id", organizationId())
                    .texts("name", "enrollment_mode", "affiliation_email_address")
                    .column(
                            "affiliation_status",
                            TEXT,
                            Source.firstOf("affiliation_verification.status", "verification.status"))
                    .column(
                            "affiliation_strategy",
                            TEXT,
                            Source.firstOf("affiliation_verification.strategy", "verification.strategy"))
                    .column("ownership_status", TEXT, Source.at("ownership_verification.status"))
                    .column("ownership_strategy", TEXT, Source.at("ownership_verification.strategy"))
                    .column("ownership_verified_at", TIME, Source.at("ownership_verification.verified_at"))
                    .numbers("total_pending_invitations", "total_pending_suggestions")
                    .times("created_at", "updated_at"));

    /** The permissions that roles consist of. */
    public static final MirrorTable PERMISSIONS = MirrorTable.of("clerk_permissions", "permission")
            .from("permission")
            .ids("perm_")
            .aboutNobody()
            .columns(columns().texts("key", "name", "description", "type").times("created_at", "updated_at"));

    /** The roles of organizations. A membership refers to its role by key. */
    public static final MirrorTable ROLES = MirrorTable.of("clerk_roles", "role")
            .from("role")
            .ids("role_")
            .aboutNobody()
            .nested("permissions", PERMISSIONS)
            .children(List.of(new ChildTable(
                    "clerk_role_permissions",
                    "role_id",
                    "permission_id",
                    "permissions",
                    Source.at("id"),
                    PERMISSIONS.entity(),
                    List.of())))
            .columns(columns()
                    .texts("key", "name", "description")
                    .booleans("is_creator_eligible")
                    .times("created_at", "updated_at"));

    /** Sessions. No event reports that a session has expired; check {@code expire_at} and {@code abandon_at}. */
    public static final MirrorTable SESSIONS = MirrorTable.of("clerk_sessions", "session")
            .from("session")
            .ids("sess_")
            .aboutUser("user_id")
            .lane("user_id")
            .parent("user_id", USERS)
            .nested("user", USERS)
            .finalStates("ended", "revoked", "removed", "expired", "abandoned", "replaced")
            .columns(columns()
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
                    .times("created_at", "updated_at"));

    /** People who wait for an invitation to the app. */
    public static final MirrorTable WAITLIST_ENTRIES = MirrorTable.of("clerk_waitlist_entries", "waitlist_entry")
            .from("waitlistEntry")
            .ids("wle_")
            .aboutAddress("email_address")
            .lane("email_address")
            .columns(columns()
                    .addresses("email_address")
                    .texts("status")
                    .booleans("is_locked")
                    .id("invitation_id", Source.at("invitation.id"))
                    .column("invitation_status", TEXT, Source.at("invitation.status"))
                    .times("created_at", "updated_at"));

    /** The e-mails and text messages that Clerk sent, without their content. */
    public static final MirrorTable COMMUNICATIONS = MirrorTable.of("clerk_communications", "communication")
            .from("email", "sms")
            .lane("user_id")
            .lane("to_address")
            .aboutUser("user_id", "to_address")
            .secret()
            .columns(columns()
                    .column("kind", TEXT, communicationKind())
                    .ids("user_id")
                    .id("identification_id", Source.firstOf("email_address_id", "phone_number_id"))
                    .texts("slug")
                    .address("to_address", Source.firstOf("to_email_address", "to_phone_number"))
                    .column("from_name", TEXT, Source.firstOf("from_email_name", "from_phone_number"))
                    .column("subject", TEXT, Source.computed("subject, codes masked", ClerkTables::subject))
                    .texts("status")
                    .booleans("delivered_by_clerk")
                    .column("occurred_at", TIME, Source.inPayload("timestamp")));

    /** All tables, parents first, which is the order in which a transaction writes them. */
    public static final List<MirrorTable> ALL = Stream.concat(
                    Stream.of(
                            USERS,
                            ORGANIZATIONS,
                            ORGANIZATION_MEMBERSHIPS,
                            ORGANIZATION_INVITATIONS,
                            ORGANIZATION_DOMAINS,
                            PERMISSIONS,
                            ROLES,
                            SESSIONS,
                            WAITLIST_ENTRIES,
                            COMMUNICATIONS),
                    BillingTables.ALL.stream())
            .toList();

    /** The name of the audit log table, which records session events. */
    public static final String AUDIT_LOG = "clerk_audit_log";

    private static final Map<String, MirrorTable> BY_FAMILY = byFamily();
    private static final Map<String, MirrorTable> BY_ENTITY =
            ALL.stream().collect(Collectors.toUnmodifiableMap(MirrorTable::entity, Function.identity()));

    private ClerkTables() {}

    /**
     * Returns the table for events of this type; null if such events are kept but not mirrored, or if the type is null.
     */
    public static @Nullable MirrorTable ofType(@Nullable String type) {
        return type == null ? null : ofFamily(EventFamily.of(type));
    }

    /** Returns the table for a family of events; null if the family is kept but not mirrored. */
    static @Nullable MirrorTable ofFamily(String family) {
        return BY_FAMILY.get(family);
    }

    /** Returns the table for a kind of entity; null if there is no such table. */
    static @Nullable MirrorTable ofEntity(String entity) {
        return BY_ENTITY.get(entity);
    }

    /**
     * Returns the names of all tables that can be chosen: those of entities, those of their lists, and the audit log.
     */
    public static List<String> names() {
        Stream<String> mirrored = ALL.stream()
                .flatMap(table -> Stream.concat(
                        Stream.of(table.name()), table.children().stream().map(ChildTable::name)));
        return Stream.concat(mirrored, Stream.of(AUDIT_LOG)).toList();
    }

    /** Returns the names of the tables that have a column with this access. */
    public static List<String> namesWith(Column.Access access) {
        return ALL.stream()
                .filter(table -> table.columns().stream().anyMatch(column -> column.access() == access))
                .map(MirrorTable::name)
                .toList();
    }

    private static Map<String, MirrorTable> byFamily() {
        Map<String, MirrorTable> tables = new HashMap<>();
        ALL.forEach(table -> table.families().forEach(family -> tables.put(family, table)));
        return Map.copyOf(tables);
    }

    /** Clerk's API description and its events have the id in different places. */
    private static Source organizationId() {
        return Source.firstOf("organization_id", "public_organization_data.id", "data.public_organization_data.id");
    }

    private static Source communicationKind() {
        return new Source(
                "email or sms, by /type",
                (entity, payload) -> payload.get("type") instanceof String type ? EventFamily.of(type) : null);
    }

    /** Clerk puts one-time codes into subjects. */
    private static @Nullable Object subject(Map<String, @Nullable Object> communication) {
        if (!communication.containsKey("subject")) {
            return Source.ABSENT;
        }
        return communication.get("subject") instanceof String text ? PrivateData.withoutCodes(text) : null;
    }
}
