-- The app's own table. Bellhop creates the mirror's tables.
create table if not exists welcome_mails (
    message_id text primary key,
    user_id text not null
);
