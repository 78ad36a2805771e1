-- The app's own users, with its own keys, foreign keys and data that Clerk does not have.
create table customers (
    id bigint generated always as identity primary key,
    clerk_user_id varchar(255) not null unique,
    name varchar(255),
    email varchar(255),
    left_at timestamptz
);

create table orders (
    id bigint generated always as identity primary key,
    customer_id bigint not null references customers (id),
    article varchar(255) not null
);
