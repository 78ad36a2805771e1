-- One file for every database: the types that differ are placeholders, filled in by the dialect.
-- No foreign keys and no unique index but primary keys: events come in any order, and Clerk reuses addresses.

-- Every message that was acknowledged. Times are milliseconds since 1970.
create table bellhop_inbox (
    message_id ${id} not null,
    type text,
    entity_id text,
    instance_id text,
    occurred_at bigint,
    received_at bigint not null,
    state text not null,
    reason text,
    next_attempt_at bigint,
    attempts integer not null,
    died_at bigint,
    payload ${bytes},
    -- Whose data the payload carries: the user that it names, else the entity itself.
    subject_id ${id},
    primary key (message_id)
)${wide_rows};

-- Each message is in one of the first two: what is cleared is found by the one, what is forgotten by the other.
create index bellhop_inbox_payload on bellhop_inbox (received_at) where payload is not null;
create index bellhop_inbox_cleared on bellhop_inbox (received_at) where payload is null;
create index bellhop_inbox_secret on bellhop_inbox (received_at)
    where payload is not null and (substr(type, 1, 6) = 'email.' or substr(type, 1, 4) = 'sms.');
create index bellhop_inbox_subject on bellhop_inbox (subject_id) where payload is not null;
create index bellhop_inbox_due on bellhop_inbox (next_attempt_at) where next_attempt_at is not null;
create index bellhop_inbox_dead on bellhop_inbox (died_at) where died_at is not null;

-- Messages whose attempts are used up.
create view bellhop_dead_letters as
select message_id, 'mirror' as handler, reason, attempts, died_at
from bellhop_inbox
where state = 'dead';

-- What is left of a deleted entity, so that it never comes back.
create table bellhop_tombstones (
    entity text not null,
    entity_id ${id} not null,
    deleted_at bigint not null,
    erased ${bool},
    payloads_cleared_at bigint,
    primary key (entity_id, entity)
);

create index bellhop_tombstones_uncleared on bellhop_tombstones (entity_id)
    where entity = 'user' and payloads_cleared_at is null;

-- Receipts of people who were erased.
create table bellhop_erasures (
    user_id ${id} not null,
    requested_at bigint not null,
    erased_at bigint,
    primary key (user_id)
);

create index bellhop_erasures_open on bellhop_erasures (requested_at) where erased_at is null;

-- How many rows of which table were removed or cleared for it.
create table bellhop_erasure_counts (
    user_id ${id} not null,
    table_name text not null,
    row_count bigint not null,
    primary key (user_id, table_name)
);

-- Users.
create table clerk_users (
    id ${id} not null,
    external_id ${id},
    username text,
    first_name text,
    last_name text,
    locale text,
    image_url text,
    has_image ${bool},
    profile_image_url text,
    primary_email_address_id ${id},
    primary_phone_number_id ${id},
    primary_web3_wallet_id ${id},
    primary_email text,
    primary_email_verified ${bool},
    primary_phone text,
    password_enabled ${bool},
    two_factor_enabled ${bool},
    totp_enabled ${bool},
    backup_code_enabled ${bool},
    banned ${bool},
    locked ${bool},
    deprovisioned ${bool},
    bypass_client_trust ${bool},
    requires_password_reset ${bool},
    delete_self_enabled ${bool},
    create_organization_enabled ${bool},
    create_organizations_limit bigint,
    public_metadata ${json},
    unsafe_metadata ${json},
    private_metadata ${json},
    scim ${json},
    last_sign_in_at ${time},
    last_active_at ${time},
    password_last_updated_at ${time},
    mfa_enabled_at ${time},
    mfa_disabled_at ${time},
    legal_accepted_at ${time},
    created_at ${time},
    updated_at ${time},
    raw ${json},
    deleted_at ${time},
    synced_at ${time} not null,
    bellhop_version ${id} not null,
    primary key (id)
);

create index clerk_users_external_id on clerk_users ${hash} (external_id);

-- Email addresses of users: all that the latest state of the user lists.
create table clerk_user_email_addresses (
    user_id ${id} not null,
    id ${id} not null,
    email_address text,
    reserved ${bool},
    matches_sso_connection ${bool},
    verification_status text,
    verification_strategy text,
    verification_attempts bigint,
    verification_expire_at ${time},
    linked_to ${json},
    created_at ${time},
    updated_at ${time},
    primary key (user_id, id)
);

-- Phone numbers of users: all that the latest state of the user lists.
create table clerk_user_phone_numbers (
    user_id ${id} not null,
    id ${id} not null,
    phone_number text,
    reserved ${bool},
    reserved_for_second_factor ${bool},
    default_second_factor ${bool},
    verification_status text,
    verification_strategy text,
    verification_attempts bigint,
    verification_expire_at ${time},
    linked_to ${json},
    created_at ${time},
    updated_at ${time},
    primary key (user_id, id)
);

-- Web3 wallets of users: all that the latest state of the user lists.
create table clerk_user_web3_wallets (
    user_id ${id} not null,
    id ${id} not null,
    web3_wallet text,
    verification_status text,
    verification_strategy text,
    verification_attempts bigint,
    verification_expire_at ${time},
    created_at ${time},
    updated_at ${time},
    primary key (user_id, id)
);

-- Passkeys of users: all that the latest state of the user lists.
create table clerk_user_passkeys (
    user_id ${id} not null,
    id ${id} not null,
    name text,
    last_used_at ${time},
    verification_status text,
    verification_strategy text,
    verification_attempts bigint,
    verification_expire_at ${time},
    created_at ${time},
    updated_at ${time},
    primary key (user_id, id)
);

-- External accounts of users: all that the latest state of the user lists.
create table clerk_user_external_accounts (
    user_id ${id} not null,
    id ${id} not null,
    external_account_id ${id},
    provider text,
    provider_user_id ${id},
    email_address text,
    email_address_verified ${bool},
    first_name text,
    last_name text,
    username text,
    phone_number text,
    image_url text,
    label text,
    approved_scopes text,
    public_metadata ${json},
    verification_status text,
    verification_strategy text,
    verification_attempts bigint,
    verification_expire_at ${time},
    verification_error_code text,
    created_at ${time},
    updated_at ${time},
    primary key (user_id, id)
);

-- Saml accounts of users: all that the latest state of the user lists.
create table clerk_user_saml_accounts (
    user_id ${id} not null,
    id ${id} not null,
    provider text,
    active ${bool},
    email_address text,
    first_name text,
    last_name text,
    provider_user_id ${id},
    public_metadata ${json},
    verification_status text,
    verification_strategy text,
    verification_attempts bigint,
    verification_expire_at ${time},
    saml_connection_id ${id},
    saml_connection ${json},
    last_authenticated_at ${time},
    primary key (user_id, id)
);

-- Enterprise accounts of users: all that the latest state of the user lists.
create table clerk_user_enterprise_accounts (
    user_id ${id} not null,
    id ${id} not null,
    protocol text,
    provider text,
    active ${bool},
    email_address text,
    first_name text,
    last_name text,
    provider_user_id ${id},
    enterprise_connection_id ${id},
    public_metadata ${json},
    verification_status text,
    verification_strategy text,
    verification_attempts bigint,
    verification_expire_at ${time},
    enterprise_connection ${json},
    last_authenticated_at ${time},
    primary key (user_id, id)
);

create index clerk_user_email_addresses_address on clerk_user_email_addresses ${hash} (lower(email_address));
create index clerk_user_external_accounts_provider on clerk_user_external_accounts ${hash} (provider_user_id);

-- Organizations: the tenants of an app.
create table clerk_organizations (
    id ${id} not null,
    name text,
    slug text,
    image_url text,
    has_image ${bool},
    created_by ${id},
    max_allowed_memberships bigint,
    admin_delete_enabled ${bool},
    role_set_key text,
    members_count bigint,
    pending_invitations_count bigint,
    missing_member_with_elevated_permissions ${bool},
    public_metadata ${json},
    private_metadata ${json},
    last_active_at ${time},
    created_at ${time},
    updated_at ${time},
    raw ${json},
    deleted_at ${time},
    synced_at ${time} not null,
    bellhop_version ${id} not null,
    primary key (id)
);

create index clerk_organizations_slug on clerk_organizations ${hash} (slug);

-- Who belongs to which organization.
create table clerk_organization_memberships (
    id ${id} not null,
    organization_id ${id},
    user_id ${id},
    role text,
    role_name text,
    permissions ${json},
    public_metadata ${json},
    private_metadata ${json},
    identifier text,
    first_name text,
    last_name text,
    image_url text,
    has_image ${bool},
    banned ${bool},
    deprovisioned ${bool},
    created_at ${time},
    updated_at ${time},
    raw ${json},
    deleted_at ${time},
    synced_at ${time} not null,
    bellhop_version ${id} not null,
    primary key (id)
);

create index clerk_organization_memberships_organization on clerk_organization_memberships (organization_id);
create index clerk_organization_memberships_user on clerk_organization_memberships (user_id);

-- Sessions. None ends by time through an event: see expire_at and abandon_at.
create table clerk_sessions (
    id ${id} not null,
    user_id ${id},
    client_id ${id},
    status text,
    actor ${json},
    last_active_organization_id ${id},
    last_active_at ${time},
    expire_at ${time},
    abandon_at ${time},
    device_type text,
    is_mobile ${bool},
    browser_name text,
    browser_version text,
    ip_address text,
    city text,
    country text,
    created_at ${time},
    updated_at ${time},
    raw ${json},
    deleted_at ${time},
    synced_at ${time} not null,
    bellhop_version ${id} not null,
    primary key (id)
);

create index clerk_sessions_user on clerk_sessions (user_id);

-- One line per message about a session: who signed in or out, when, from where.
create table clerk_audit_log (
    message_id ${id} not null,
    type text not null,
    occurred_at ${time} not null,
    user_id ${id},
    session_id ${id},
    client_ip text,
    user_agent text,
    primary key (message_id)
);

create index clerk_audit_log_user on clerk_audit_log (user_id);
create index clerk_audit_log_occurred on clerk_audit_log (occurred_at);
