-- The addresses by which rows about a person are found, from the request of an erasure until it is done.
create table bellhop_erasure_addresses (
    user_id ${id} not null,
    address ${id} not null,
    primary key (user_id, address)
);
