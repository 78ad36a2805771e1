import { database } from '@/lib/database'

type User = { id: string; first_name: string | null; organizations: string | null }

// Query the mirror on each request: it is in the app's own database and has no rate limits.
export const dynamic = 'force-dynamic'

export default async function Users() {
  const { rows } = await database.query<User>(`
    select u.id, u.first_name, string_agg(o.name, ', ' order by o.name) as organizations
    from clerk_users u
    left join clerk_organization_memberships m on m.user_id = u.id and m.deleted_at is null
    left join clerk_organizations o on o.id = m.organization_id and o.deleted_at is null
    where u.deleted_at is null
    group by u.id, u.first_name
    order by u.first_name`)
  return (
    <ul>
      {rows.map((user) => (
        <li key={user.id}>
          {`${user.first_name ?? user.id} (${user.organizations ?? 'no organization'})`}
        </li>
      ))}
    </ul>
  )
}
