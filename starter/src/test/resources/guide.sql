create table if not exists greetings (user_id text not null);
