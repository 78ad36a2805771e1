-- What a later version might add: a column and a table.
alter table clerk_users add column favourite_color text;

create table clerk_later_things (
    id ${id} not null,
    primary key (id)
);
