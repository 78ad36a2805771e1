-- What apps look for besides ids: user names, the members of an organization page by page in the order of their ids,
-- and whether a user is one of them.
create index clerk_users_username on clerk_users ${hash} (lower(username)) where username is not null;
create index clerk_organization_memberships_members on clerk_organization_memberships (organization_id, id);
create index clerk_organization_memberships_joined on clerk_organization_memberships (user_id, organization_id);

-- The two above find what these found.
drop index clerk_organization_memberships_organization;
drop index clerk_organization_memberships_user;
