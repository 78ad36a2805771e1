-- The mirror's tables that the load tests write, with the same columns and indexes.
create table peer_inbox (
    message_id text collate "C" primary key, type text, entity_id text collate "C", instance_id text,
    occurred_at timestamptz, received_at timestamptz, payload bytea
) with (toast_tuple_target = 8160);
create index on peer_inbox (received_at);
create table peer_tombstones (user_id text collate "C" primary key, deleted_at timestamptz);
create table peer_users (
    id text collate "C" primary key, external_id text, username text, first_name text, last_name text, locale text,
    image_url text, has_image boolean, profile_image_url text, primary_email_address_id text,
    primary_phone_number_id text, primary_web3_wallet_id text, primary_email text, primary_email_verified boolean,
    primary_phone text, password_enabled boolean, two_factor_enabled boolean, totp_enabled boolean,
    backup_code_enabled boolean, banned boolean, locked boolean, deprovisioned boolean, bypass_client_trust boolean,
    requires_password_reset boolean, delete_self_enabled boolean, create_organization_enabled boolean,
    create_organizations_limit bigint, public_metadata jsonb, unsafe_metadata jsonb, scim jsonb,
    last_sign_in_at timestamptz, last_active_at timestamptz, password_last_updated_at timestamptz,
    mfa_enabled_at timestamptz, mfa_disabled_at timestamptz, legal_accepted_at timestamptz, created_at timestamptz,
    updated_at timestamptz, synced_at timestamptz
);
create index on peer_users using hash (external_id);
create table peer_emails (
    user_id text collate "C", id text collate "C", email_address text, reserved boolean,
    matches_sso_connection boolean, verification_status text, verification_strategy text,
    verification_attempts bigint, verification_expire_at timestamptz, linked_to jsonb, created_at timestamptz,
    updated_at timestamptz, primary key (user_id, id)
);
create index on peer_emails using hash (lower(email_address));
