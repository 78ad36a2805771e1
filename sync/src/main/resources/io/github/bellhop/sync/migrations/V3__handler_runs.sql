-- What handlers are still to be given, and what they could not take. A run that is done is removed.
create table bellhop_handler_runs (
    message_id ${id} not null,
    handler ${id} not null,
    -- The lane's entity; the message itself where it names none.
    entity_id ${id} not null,
    received_at bigint not null,
    -- Whether it is the first of its lane: the one that may run.
    head ${bool} not null,
    -- Null while the mirror has not seen the message, and for what is dead.
    next_attempt_at bigint,
    attempts integer not null,
    reason text,
    died_at bigint,
    -- What the mirror found; null while it has not seen the message.
    stale ${bool},
    stale_too ${bool} not null,
    replay ${bool} not null,
    -- Whether the message's payload is to go with its last run.
    clear_payload ${bool} not null,
    primary key (message_id, handler)
);

-- Two writers that add to one lane at once agree by it on the first; nothing ever fails on it.
create unique index bellhop_handler_runs_head on bellhop_handler_runs (handler, entity_id) where head;
create index bellhop_handler_runs_due on bellhop_handler_runs (handler, next_attempt_at)
    where head and next_attempt_at is not null;
create index bellhop_handler_runs_lane on bellhop_handler_runs (handler, entity_id, received_at, message_id)
    where died_at is null;
create index bellhop_handler_runs_dead on bellhop_handler_runs (died_at) where died_at is not null;

-- Messages and runs whose attempts are used up.
drop view bellhop_dead_letters;
create view bellhop_dead_letters as
select message_id, 'mirror' as handler, reason, attempts, died_at
from bellhop_inbox
where state = 'dead'
union all
select message_id, handler, reason, attempts, died_at
from bellhop_handler_runs
where died_at is not null;
