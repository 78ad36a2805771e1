import { verifyWebhook } from '@clerk/nextjs/webhooks'
import { NextRequest } from 'next/server'
import { database } from '@/lib/database'

// A plain Clerk webhook: this route verifies each delivery and does one small task of the app. Bellhop keeps users and
// organizations in the tables that the pages read.
export async function POST(request: NextRequest) {
  // verifyWebhook returns the event without the message's id, which identifies a redelivery.
  const messageId = request.headers.get('svix-id')
  let event
  try {
    event = await verifyWebhook(request)
  } catch {
    return new Response('Verification failed', { status: 400 })
  }
  if (event.type === 'user.created') {
    await database.query(
      'insert into welcome_mails (message_id, user_id) values ($1, $2) on conflict (message_id) do nothing',
      [messageId, event.data.id],
    )
  }
  return new Response(null, { status: 204 })
}
