-- How many deliveries were refused, by reason and minute: no bodies and no addresses. They are forgotten after 30 days.
create table bellhop_refusals (
    minute bigint not null,
    reason ${id} not null,
    count bigint not null,
    last_at bigint not null,
    primary key (minute, reason)
);
