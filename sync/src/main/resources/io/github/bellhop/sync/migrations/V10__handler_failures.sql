-- When a run of a handler failed first and last, and what the program said of the last failure. Only adds: a program
-- of the version before goes on writing, and leaves these empty.
alter table bellhop_handler_runs add column first_failed_at bigint;
alter table bellhop_handler_runs add column last_failed_at bigint;
alter table bellhop_handler_runs add column detail text;

-- The handlers that apps have registered, and when one of them was last started.
create table bellhop_handlers (
    name ${id} not null,
    seen_at bigint not null,
    primary key (name)
);
