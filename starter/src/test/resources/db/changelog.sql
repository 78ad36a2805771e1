--liquibase formatted sql
--changeset app:first
create table of_liquibase (id integer primary key);
