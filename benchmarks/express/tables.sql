create table peer_inbox (
    message_id text primary key, type text, entity_id text, received_at timestamptz, payload bytea
);
create table peer_users (
    id text primary key, external_id text, username text, first_name text, last_name text, image_url text,
    has_image boolean, primary_email_address_id text, primary_email text, password_enabled boolean,
    two_factor_enabled boolean, banned boolean, locked boolean, public_metadata jsonb, unsafe_metadata jsonb,
    last_sign_in_at timestamptz, created_at timestamptz, updated_at timestamptz
);
create table peer_emails (
    user_id text, id text, email_address text, verification_status text, primary key (user_id, id)
);
