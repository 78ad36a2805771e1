-- The families that the first migration left out. Only adds: a program of the version before goes on working.

-- Who was asked into which organization. None expires by an event: see expires_at.
create table clerk_organization_invitations (
    id ${id} not null,
    organization_id ${id},
    email_address text,
    role text,
    role_name text,
    status text,
    user_id ${id},
    inviter_id ${id},
    inviter_identifier text,
    public_metadata ${json},
    private_metadata ${json},
    expires_at ${time},
    created_at ${time},
    updated_at ${time},
    raw ${json},
    deleted_at ${time},
    synced_at ${time} not null,
    bellhop_version ${id} not null,
    primary key (id)
);

create index clerk_organization_invitations_organization on clerk_organization_invitations (organization_id);
create index clerk_organization_invitations_address on clerk_organization_invitations ${hash} (lower(email_address));
create index clerk_organization_invitations_user on clerk_organization_invitations (user_id) where user_id is not null;
create index clerk_organization_invitations_inviter on clerk_organization_invitations (inviter_id);

-- The domains of organizations.
create table clerk_organization_domains (
    id ${id} not null,
    organization_id ${id},
    name text,
    enrollment_mode text,
    affiliation_email_address text,
    affiliation_status text,
    affiliation_strategy text,
    ownership_status text,
    ownership_strategy text,
    ownership_verified_at ${time},
    total_pending_invitations bigint,
    total_pending_suggestions bigint,
    created_at ${time},
    updated_at ${time},
    raw ${json},
    deleted_at ${time},
    synced_at ${time} not null,
    bellhop_version ${id} not null,
    primary key (id)
);

create index clerk_organization_domains_organization on clerk_organization_domains (organization_id);
create index clerk_organization_domains_address on clerk_organization_domains ${hash} (lower(affiliation_email_address))
    where affiliation_email_address is not null;

-- The permissions that roles are made of.
create table clerk_permissions (
    id ${id} not null,
    key text,
    name text,
    description text,
    type text,
    created_at ${time},
    updated_at ${time},
    raw ${json},
    deleted_at ${time},
    synced_at ${time} not null,
    bellhop_version ${id} not null,
    primary key (id)
);

-- The roles of organizations; a membership names its role by the key.
create table clerk_roles (
    id ${id} not null,
    key text,
    name text,
    description text,
    is_creator_eligible ${bool},
    created_at ${time},
    updated_at ${time},
    raw ${json},
    deleted_at ${time},
    synced_at ${time} not null,
    bellhop_version ${id} not null,
    primary key (id)
);

-- Which permissions a role has.
create table clerk_role_permissions (
    role_id ${id} not null,
    permission_id ${id} not null,
    primary key (role_id, permission_id)
);

create index clerk_role_permissions_permission on clerk_role_permissions (permission_id);

-- Who waits for an invitation to the app.
create table clerk_waitlist_entries (
    id ${id} not null,
    email_address text,
    status text,
    is_locked ${bool},
    invitation_id ${id},
    invitation_status text,
    created_at ${time},
    updated_at ${time},
    raw ${json},
    deleted_at ${time},
    synced_at ${time} not null,
    bellhop_version ${id} not null,
    primary key (id)
);

create index clerk_waitlist_entries_address on clerk_waitlist_entries ${hash} (lower(email_address));

-- What Clerk sent to people by e-mail and text message, without what it said.
create table clerk_communications (
    id ${id} not null,
    kind text,
    user_id ${id},
    identification_id ${id},
    slug text,
    to_address text,
    from_name text,
    subject text,
    status text,
    delivered_by_clerk ${bool},
    occurred_at ${time},
    deleted_at ${time},
    synced_at ${time} not null,
    bellhop_version ${id} not null,
    primary key (id)
);

create index clerk_communications_user on clerk_communications (user_id);
create index clerk_communications_address on clerk_communications ${hash} (lower(to_address)) where user_id is null;

-- Who pays: a user or an organization.
create table clerk_billing_payers (
    id ${id} not null,
    user_id ${id},
    organization_id ${id},
    email text,
    first_name text,
    last_name text,
    organization_name text,
    image_url text,
    created_at ${time},
    updated_at ${time},
    raw ${json},
    deleted_at ${time},
    synced_at ${time} not null,
    bellhop_version ${id} not null,
    primary key (id)
);

create index clerk_billing_payers_user on clerk_billing_payers (user_id);
create index clerk_billing_payers_organization on clerk_billing_payers (organization_id);

-- Subscriptions of users and organizations.
create table clerk_billing_subscriptions (
    id ${id} not null,
    payer_id ${id},
    status text,
    active_at ${time},
    canceled_at ${time},
    ended_at ${time},
    past_due_at ${time},
    latest_payment_id ${id},
    payment_source_id ${id},
    created_at ${time},
    updated_at ${time},
    raw ${json},
    deleted_at ${time},
    synced_at ${time} not null,
    bellhop_version ${id} not null,
    primary key (id)
);

create index clerk_billing_subscriptions_payer on clerk_billing_subscriptions (payer_id);

-- What is subscribed to. Amounts are of the currency's smallest unit.
create table clerk_billing_subscription_items (
    id ${id} not null,
    subscription_id ${id},
    payer_id ${id},
    plan_id ${id},
    plan_slug text,
    plan_name text,
    plan_amount bigint,
    plan_currency text,
    plan_interval text,
    status text,
    is_free_trial ${bool},
    period_start ${time},
    period_end ${time},
    seats_quantity bigint,
    plan ${json},
    created_at ${time},
    updated_at ${time},
    raw ${json},
    deleted_at ${time},
    synced_at ${time} not null,
    bellhop_version ${id} not null,
    primary key (id)
);

create index clerk_billing_subscription_items_subscription on clerk_billing_subscription_items (subscription_id);
create index clerk_billing_subscription_items_payer on clerk_billing_subscription_items (payer_id);

-- Attempts to take money.
create table clerk_billing_payment_attempts (
    id ${id} not null,
    payment_id ${id},
    statement_id ${id},
    payer_id ${id},
    status text,
    charge_type text,
    gateway_external_id ${id},
    grand_total bigint,
    subtotal bigint,
    tax_total bigint,
    currency text,
    billing_date ${time},
    paid_at ${time},
    failed_at ${time},
    failure_code text,
    failure_decline_code text,
    payment_method text,
    card_type text,
    last4 text,
    created_at ${time},
    updated_at ${time},
    raw ${json},
    deleted_at ${time},
    synced_at ${time} not null,
    bellhop_version ${id} not null,
    primary key (id)
);

create index clerk_billing_payment_attempts_payer on clerk_billing_payment_attempts (payer_id);

-- What an attempt was to pay for.
create table clerk_billing_payment_attempt_items (
    payment_attempt_id ${id} not null,
    subscription_item_id ${id} not null,
    plan_id ${id},
    status text,
    amount bigint,
    period_start ${time},
    period_end ${time},
    primary key (payment_attempt_id, subscription_item_id)
);

-- What is live now, though no event tells when it expires.
create view clerk_live_sessions as
select * from clerk_sessions
where deleted_at is null
  and status in ('active', 'pending')
  and (expire_at is null or expire_at > ${now})
  and (abandon_at is null or abandon_at > ${now});

create view clerk_live_organization_invitations as
select * from clerk_organization_invitations
where deleted_at is null
  and status = 'pending'
  and (expires_at is null or expires_at > ${now});
