// The peer of the load runs: verifies with Clerk's own helper, keeps the message, and mirrors the user and its e-mail
// addresses in one transaction, on a pool of connections.
const express = require('express');
const { verifyWebhook } = require('@clerk/express/webhooks');
const { Pool } = require('pg');

const store = process.env.PEER_DATABASE_URL;
const pool = store ? new Pool({ connectionString: store, max: 16 }) : null;
const app = express();

async function keep(id, event, body) {
  const client = await pool.connect();
  try {
    await client.query('begin');
    const inserted = await client.query({
      name: 'append',
      text: `insert into peer_inbox (message_id, type, entity_id, received_at, payload) values ($1, $2, $3, now(), $4)
             on conflict (message_id) do nothing`,
      values: [id, event.type, event.data.id, body],
    });
    if (inserted.rowCount === 1) {
      await mirror(client, event.data);
    }
    await client.query('commit');
  } catch (fault) {
    await client.query('rollback');
    throw fault;
  } finally {
    client.release();
  }
}

async function mirror(client, user) {
  const primary = user.email_addresses.find((email) => email.id === user.primary_email_address_id);
  const written = await client.query({
    name: 'upsert',
    text: `insert into peer_users as t (id, external_id, username, first_name, last_name, image_url, has_image,
             primary_email_address_id, primary_email, password_enabled, two_factor_enabled, banned, locked,
             public_metadata, unsafe_metadata, last_sign_in_at, created_at, updated_at)
           values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15,
             to_timestamp($16 / 1000.0), to_timestamp($17 / 1000.0), to_timestamp($18 / 1000.0))
           on conflict (id) do update set external_id = excluded.external_id, username = excluded.username,
             first_name = excluded.first_name, last_name = excluded.last_name, image_url = excluded.image_url,
             has_image = excluded.has_image, primary_email_address_id = excluded.primary_email_address_id,
             primary_email = excluded.primary_email, password_enabled = excluded.password_enabled,
             two_factor_enabled = excluded.two_factor_enabled, banned = excluded.banned, locked = excluded.locked,
             public_metadata = excluded.public_metadata, unsafe_metadata = excluded.unsafe_metadata,
             last_sign_in_at = excluded.last_sign_in_at, created_at = excluded.created_at,
             updated_at = excluded.updated_at
           where excluded.updated_at >= t.updated_at`,
    values: [
      user.id, user.external_id, user.username, user.first_name, user.last_name, user.image_url, user.has_image,
      user.primary_email_address_id, primary ? primary.email_address : null, user.password_enabled,
      user.two_factor_enabled, user.banned, user.locked, user.public_metadata, user.unsafe_metadata,
      user.last_sign_in_at, user.created_at, user.updated_at,
    ],
  });
  if (written.rowCount === 0) {
    return;
  }
  await client.query({ name: 'clear', text: 'delete from peer_emails where user_id = $1', values: [user.id] });
  for (const email of user.email_addresses) {
    await client.query({
      name: 'email',
      text: 'insert into peer_emails (user_id, id, email_address, verification_status) values ($1, $2, $3, $4)',
      values: [user.id, email.id, email.email_address, email.verification ? email.verification.status : null],
    });
  }
}

app.post('/api/webhooks/clerk', express.raw({ type: 'application/json' }), async (request, response) => {
  let event;
  try {
    event = await verifyWebhook(request);
  } catch (refused) {
    response.status(400).send('not verified');
    return;
  }
  try {
    if (pool) {
      await keep(request.headers['svix-id'], event, request.body);
    }
    response.status(200).send('ok');
  } catch (fault) {
    console.error(fault.message);
    response.status(500).send('not kept');
  }
});

app.get('/health', (request, response) => response.send('ok'));
app.listen(Number(process.env.PEER_PORT), '127.0.0.1');
