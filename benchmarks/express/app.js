// The Express app of the load tests. Verifies with Clerk's own helper, stores the message, and mirrors the user and its
// e-mail addresses in one transaction, with a connection pool. Its columns, indexes and answers are the same as Bellhop's.
const express = require('express');
const { verifyWebhook } = require('@clerk/express/webhooks');
const { Pool } = require('pg');

const store = process.env.PEER_DATABASE_URL;
const pool = store ? new Pool({ connectionString: store, max: 16 }) : null;
const app = express();

const time = (millis) => (millis == null ? null : new Date(millis));
const primary = (list, id) => (list || []).find((element) => element.id === id);
const same = (...names) => names.map((name) => [name, (source) => source[name]]);
const times = (...names) => names.map((name) => [name, (source) => time(source[name])]);

const USER = [
  ...same('id', 'external_id', 'username', 'first_name', 'last_name', 'locale', 'image_url', 'has_image',
    'profile_image_url', 'primary_email_address_id', 'primary_phone_number_id', 'primary_web3_wallet_id'),
  ['primary_email', (user) => primary(user.email_addresses, user.primary_email_address_id)?.email_address],
  ['primary_email_verified',
    (user) => primary(user.email_addresses, user.primary_email_address_id)?.verification?.status === 'verified'],
  ['primary_phone', (user) => primary(user.phone_numbers, user.primary_phone_number_id)?.phone_number],
  ...same('password_enabled', 'two_factor_enabled', 'totp_enabled', 'backup_code_enabled', 'banned', 'locked',
    'deprovisioned', 'bypass_client_trust', 'requires_password_reset', 'delete_self_enabled',
    'create_organization_enabled', 'create_organizations_limit', 'public_metadata', 'unsafe_metadata', 'scim'),
  ...times('last_sign_in_at', 'last_active_at', 'password_last_updated_at', 'mfa_enabled_at', 'mfa_disabled_at',
    'legal_accepted_at', 'created_at', 'updated_at'),
  ['synced_at', () => new Date()],
];
const EMAIL = [
  ...same('user_id', 'id', 'email_address', 'reserved', 'matches_sso_connection'),
  ['verification_status', (email) => email.verification?.status],
  ['verification_strategy', (email) => email.verification?.strategy],
  ['verification_attempts', (email) => email.verification?.attempts],
  ['verification_expire_at', (email) => time(email.verification?.expire_at)],
  ['linked_to', (email) => JSON.stringify(email.linked_to)],
  ...times('created_at', 'updated_at'),
];

const names = (columns) => columns.map(([name]) => name).join(', ');
const marks = (columns) => columns.map((column, i) => `$${i + 1}`).join(', ');
const values = (columns, source) => columns.map(([, value]) => value(source) ?? null);

const UPSERT = `insert into peer_users as t (${names(USER)})
  select ${marks(USER)} where not exists (select from peer_tombstones where user_id = $1)
  on conflict (id) do update set ${USER.slice(1).map(([name]) => `${name} = excluded.${name}`).join(', ')}
  where excluded.updated_at >= t.updated_at returning xmax = 0 as inserted`;
const CLEAR = 'delete from peer_emails where user_id = $1';
const ADD_EMAIL = `insert into peer_emails (${names(EMAIL)}) values (${marks(EMAIL)})`;
const APPEND = `insert into peer_inbox
    (message_id, type, entity_id, instance_id, occurred_at, received_at, payload) values ($1, $2, $3, $4, $5, $6, $7)
  on conflict (message_id) do nothing`;

async function keep(id, event, body) {
  const client = await pool.connect();
  try {
    await client.query('begin');
    const appended = await client.query({
      name: 'append',
      text: APPEND,
      values: [id, event.type, event.data.id, event.instance_id, time(event.timestamp), new Date(), body],
    });
    if (appended.rowCount === 1) {
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
  const written = await client.query({ name: 'upsert', text: UPSERT, values: values(USER, user) });
  if (written.rowCount === 0) {
    return;
  }
  if (!written.rows[0].inserted) {
    await client.query({ name: 'clear', text: CLEAR, values: [user.id] });
  }
  for (const email of user.email_addresses) {
    await client.query({ name: 'email', text: ADD_EMAIL, values: values(EMAIL, { ...email, user_id: user.id }) });
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
app.listen(Number(process.env.BELLHOP_PORT), '127.0.0.1');
