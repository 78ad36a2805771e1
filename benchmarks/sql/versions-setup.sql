-- Creates the tables of the two designs that the other files compare.
drop table if exists ua, ub, ents;
create table ua (id text collate "C" primary key, a text, b text, c text, d text, e text, m jsonb, created_at timestamptz, updated_at timestamptz, deleted_at timestamptz, bellhop_version text collate "C" not null);
create table ub (id text collate "C" primary key, a text, b text, c text, d text, e text, m jsonb, created_at timestamptz, updated_at timestamptz, deleted_at timestamptz);
create table ents (entity text, id text collate "C", version text collate "C" not null, deleted_at bigint, primary key (id, entity));
drop sequence if exists sq; create sequence sq;
