-- Deletions that reach more rows than one transaction changes: the rest is done in steps. Almost always empty.
create table bellhop_cascades (
    -- What was deleted, and when, in milliseconds.
    entity_id ${id} not null,
    entity text not null,
    -- The rows of this table that have its id in this column are deleted with it.
    table_name text not null,
    column_name text not null,
    deleted_at bigint not null,
    -- Whether they are removed, not marked.
    removes ${bool} not null,
    -- They are done up to this id.
    after_id ${id} not null,
    primary key (entity_id, entity, table_name, column_name)
);

-- Payloads up to this place have been searched for the address.
alter table bellhop_erasure_addresses add column searched_at bigint;
alter table bellhop_erasure_addresses add column searched_id ${id};

-- The index on dead messages is on died_at.
${drop_view} bellhop_dead_letters;
${create_view} bellhop_dead_letters as
select message_id, 'mirror' as handler, reason, attempts, died_at
from bellhop_inbox
where died_at is not null and state = 'dead'
union all
select message_id, handler, reason, attempts, died_at
from bellhop_handler_runs
where died_at is not null;

-- What belongs to a deleted parent is not live, whether its own row has been reached or not.
${drop_view} clerk_live_sessions;
${create_view} clerk_live_sessions as
select * from clerk_sessions
where deleted_at is null
  and status in ('active', 'pending')
  and (expire_at is null or expire_at > ${now})
  and (abandon_at is null or abandon_at > ${now})
  and not coalesce((
    select true from bellhop_cascades c
    where c.entity_id = clerk_sessions.user_id and c.entity = 'user' limit 1), false);

${drop_view} clerk_live_organization_invitations;
${create_view} clerk_live_organization_invitations as
select * from clerk_organization_invitations
where deleted_at is null
  and status = 'pending'
  and (expires_at is null or expires_at > ${now})
  and not coalesce((
    select true from bellhop_cascades c
    where c.entity_id = clerk_organization_invitations.organization_id and c.entity = 'organization' limit 1), false);
