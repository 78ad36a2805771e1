-- The app's own tables. Bellhop migrates its own tables separately.
create table tenants (
    organization_id varchar(255) primary key,
    plan varchar(255) not null
);

create table mails (
    message_id varchar(255) primary key,
    recipient varchar(255) not null,
    text varchar(255) not null,
    sent_at timestamptz
);
