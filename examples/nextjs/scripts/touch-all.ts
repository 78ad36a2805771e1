import { createClerkClient } from '@clerk/backend'
import { isClerkAPIResponseError } from '@clerk/backend/errors'

// Makes Clerk send an event about everything that exists, so that Bellhop mirrors it. Set CLERK_API_URL for a simulator.
const clerk = createClerkClient({ secretKey: process.env.CLERK_SECRET_KEY, apiUrl: process.env.CLERK_API_URL })
// A new value for each run, because Clerk sends no event for a patch that changes nothing.
const privateMetadata = { bellhop: new Date().toISOString() }

type Page<T> = { data: T[]; totalCount: number }

async function whenAllowed<T>(call: () => Promise<T>): Promise<T> {
  for (;;) {
    try {
      return await call()
    } catch (error) {
      if (!isClerkAPIResponseError(error) || error.status !== 429) throw error
      const seconds = error.retryAfter ?? 10
      await new Promise((resolve) => setTimeout(resolve, seconds * 1000))
    }
  }
}

async function* all<T>(list: (page: { limit: number; offset: number }) => Promise<Page<T>>) {
  for (let offset = 0; ; offset += 100) {
    const page = await whenAllowed(() => list({ limit: 100, offset }))
    yield* page.data
    if (offset + 100 >= page.totalCount) return
  }
}

async function main() {
  // Oldest first: users who sign up during the run are at the end, so no page shifts.
  let count = 0
  for await (const user of all((page) => clerk.users.getUserList({ ...page, orderBy: '+created_at' }))) {
    await whenAllowed(() => clerk.users.updateUserMetadata(user.id, { privateMetadata }))
    count++
  }
  for await (const { id: organizationId } of all((page) =>
    clerk.organizations.getOrganizationList({ ...page, orderBy: '+created_at' }),
  )) {
    await whenAllowed(() => clerk.organizations.updateOrganizationMetadata(organizationId, { privateMetadata }))
    count++
    for await (const { publicUserData } of all((page) =>
      clerk.organizations.getOrganizationMembershipList({ organizationId, ...page, orderBy: '+created_at' }),
    )) {
      if (!publicUserData) continue
      const { userId } = publicUserData
      await whenAllowed(() =>
        clerk.organizations.updateOrganizationMembershipMetadata({ organizationId, userId, privateMetadata }),
      )
      count++
    }
  }
  console.log(`${count} updates`)
}

main()
