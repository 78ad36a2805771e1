-- Dead letters that somebody has given up, and why. They are forgotten together with old messages.
create table bellhop_discards (
    message_id ${id} not null,
    handler ${id} not null,
    -- Why it died, and after how many attempts.
    reason text,
    attempts integer not null,
    died_at bigint,
    discarded_at bigint not null,
    discard_reason text not null,
    primary key (message_id, handler)
);

create index bellhop_discards_old on bellhop_discards (discarded_at);
