-- The app's own table; those of the mirror are Bellhop's.
create table if not exists welcome_mails (
    message_id text primary key,
    user_id text not null
);
