// A full round of svix 2.5.0, unmodified, against the simulator.
import assert from "node:assert/strict";
import { ApiException, Svix } from "svix";
import { startReceiver, until } from "./receiver.mjs";

const svix = new Svix("testsk_simulator", { serverUrl: process.env.SIMULATOR_URL });
const receiver = await startReceiver();

async function refused(code, promise) {
  const error = await promise.then(() => assert.fail("was not rejected"), (refusal) => refusal);
  assert.ok(error instanceof ApiException, String(error));
  assert.equal(error.code, code, JSON.stringify(error.body));
  return error.body;
}

// Applications
const app = await svix.application.create({ name: "Round", uid: "round-1", metadata: { tier: "gold" } });
assert.match(app.id, /^app_[A-Za-z0-9]{27}$/);
assert.ok(app.createdAt instanceof Date);
assert.equal((await svix.application.getOrCreate({ name: "Other", uid: "round-1" })).id, app.id);
await refused(409, svix.application.create({ name: "Twice", uid: "round-1" }));
assert.equal((await svix.application.patch("round-1", { name: "Patched" })).name, "Patched");
assert.deepEqual((await svix.application.get(app.id)).metadata, { tier: "gold" });
assert.equal((await svix.application.upsert(app.id, { name: "Round", uid: "round-1" })).name, "Round");
await svix.application.create({ name: "Second", uid: "round-1b" });
const firstApps = await svix.application.list({ limit: 1 });
assert.equal(firstApps.data.length, 1);
assert.equal(firstApps.done, false);
const nextApps = await svix.application.list({ limit: 1, iterator: firstApps.iterator });
assert.ok(nextApps.data[0].id > firstApps.data[0].id);
await svix.application.delete("round-1b");

// Event types
const types = await svix.eventType.list({ limit: 250 });
assert.equal(types.data.length, 46);
assert.ok(types.data.some((type) => type.name === "user.created"));
await svix.eventType.create({ name: "round.made", description: "Made", schemas: { 1: { type: "object" } } });
assert.deepEqual((await svix.eventType.get("round.made")).schemas, { 1: { type: "object" } });
assert.equal((await svix.eventType.patch("round.made", { description: "Patched" })).description, "Patched");
assert.equal((await svix.eventType.upsert("round.made", { description: "Updated" })).description, "Updated");
await svix.eventType.delete("round.made");
assert.equal((await svix.eventType.get("round.made")).archived, true);
await svix.eventType.delete("round.made", { expunge: true });
await refused(404, svix.eventType.get("round.made"));

// Endpoints
const endpoint = await svix.endpoint.create(app.id, {
  url: receiver.url,
  uid: "round-ep",
  description: "<b>Räumlich</b>",
  eventTypes: ["user.created", "user.updated"],
  metadata: { place: "here" },
});
assert.match(endpoint.id, /^ep_[A-Za-z0-9]{27}$/);
assert.deepEqual(endpoint.eventTypes, ["user.created", "user.updated"]);
assert.equal(endpoint.description, "<b>Räumlich</b>");
assert.equal((await svix.endpoint.get(app.id, "round-ep")).id, endpoint.id);
const wrongTypes = await refused(
  422,
  svix.endpoint.create(app.id, { url: receiver.url, eventTypes: ["user.created", "user.creatd"] }),
);
assert.deepEqual(wrongTypes.detail[0].loc, ["body", "eventTypes"]);
assert.match(wrongTypes.detail[0].msg, /don't exist: user\.creatd$/);
await refused(422, svix.endpoint.create(app.id, { url: "ftp://127.0.0.1/" }));
const other = await svix.endpoint.create(app.id, { url: receiver.url + "/other", disabled: true });
const firstEndpoints = await svix.endpoint.list(app.id, { limit: 1 });
assert.equal(firstEndpoints.data[0].id, other.id);
const nextEndpoints = await svix.endpoint.list(app.id, { limit: 1, iterator: firstEndpoints.iterator });
assert.equal(nextEndpoints.data[0].id, endpoint.id);
assert.equal(nextEndpoints.done, true);
assert.equal((await svix.endpoint.list(app.id, { limit: 1, iterator: nextEndpoints.prevIterator })).data[0].id, other.id);
const patched = await svix.endpoint.patch(app.id, other.id, { description: "patched", metadata: { a: "b" } });
assert.equal(patched.description, "patched");
assert.equal(patched.url, receiver.url + "/other");
assert.equal(patched.disabled, true);
const updated = await svix.endpoint.upsert(app.id, other.id, { url: receiver.url + "/updated", disabled: true });
assert.equal(updated.url, receiver.url + "/updated");
assert.equal(updated.description, "");
await svix.endpoint.delete(app.id, other.id);
await refused(404, svix.endpoint.get(app.id, other.id));
await svix.endpoint.setHeaders(app.id, endpoint.id, { headers: { "X-Round": "one", Authorization: "secret" } });
await svix.endpoint.patchHeaders(app.id, endpoint.id, { headers: { "X-Round": "two" } });
const headers = await svix.endpoint.getHeaders(app.id, endpoint.id);
assert.deepEqual(headers.headers, { "X-Round": "two" });
assert.deepEqual(headers.sensitive, ["Authorization"]);
receiver.secret = (await svix.endpoint.getSecret(app.id, endpoint.id)).key;
assert.match(receiver.secret, /^whsec_[A-Za-z0-9+/]{32}$/);

// Messages and attempts
const attemptsOf = (id) => async () => {
  const page = await svix.messageAttempt.listByMsg(app.id, id, { withContent: true });
  return page.data.length > 0 ? page.data : null;
};
const payload = { type: "user.created", data: { name: "Zoë </script> \u2028", big: 12345678901234567890n.toString() } };
const message = await svix.message.create(app.id, { eventType: "user.created", eventId: "evt-1", payload, tags: ["t1"] });
assert.match(message.id, /^msg_[A-Za-z0-9]{27}$/);
// By default, this client requests no content.
assert.deepEqual(message.payload, {});
const [attempt] = await until("the first attempt", attemptsOf(message.id));
assert.equal(attempt.responseStatusCode, 200);
assert.equal(attempt.status, 0);
assert.equal(attempt.statusText, "success");
assert.equal(attempt.triggerType, 0);
assert.equal(attempt.response, "thanks");
assert.equal(attempt.endpointId, endpoint.id);
assert.equal(receiver.deliveries.length, 1);
assert.equal(receiver.deliveries[0].id, message.id);
assert.equal(receiver.deliveries[0].headers["x-round"], "two");
assert.deepEqual(JSON.parse(receiver.deliveries[0].body), payload);
await refused(409, svix.message.create(app.id, { eventType: "user.created", eventId: "evt-1", payload: {} }));
assert.deepEqual((await svix.message.get(app.id, "evt-1", { withContent: true })).payload, payload);
const excluded = await svix.message.create(app.id, { eventType: "user.deleted", payload: {} });
assert.equal((await svix.messageAttempt.listAttemptedDestinations(app.id, excluded.id)).data.length, 0);
assert.equal((await svix.message.list(app.id, { tag: "t1" })).data[0].id, message.id);
const firstMessages = await svix.message.list(app.id, { limit: 1 });
assert.equal(firstMessages.data[0].id, excluded.id);
assert.equal((await svix.message.list(app.id, { limit: 1, iterator: firstMessages.iterator })).data[0].id, message.id);
assert.equal((await svix.message.list(app.id, { eventTypes: ["user.deleted"] })).data.length, 1);
assert.equal((await svix.messageAttempt.get(app.id, message.id, attempt.id)).id, attempt.id);
const attempted = await svix.messageAttempt.listAttemptedMessages(app.id, endpoint.id);
assert.deepEqual(attempted.data.map((item) => item.id), [message.id]);
assert.equal(attempted.data[0].status, 0);

// A failure, its retry, and a resend
receiver.status = 503;
const retried = await svix.message.create(app.id, { eventType: "user.updated", payload: { n: 2 } });
await until("the failed attempt", attemptsOf(retried.id));
receiver.status = 200;
const both = await until("the retry", async () => {
  const page = await svix.messageAttempt.listByMsg(app.id, retried.id);
  return page.data.some((item) => item.status === 0) ? page.data : null;
});
assert.ok(both.some((item) => item.responseStatusCode === 503 && item.status === 2));
assert.equal((await svix.messageAttempt.listByEndpoint(app.id, endpoint.id, { status: 2 })).data[0].msgId, retried.id);
const before = receiver.deliveries.length;
await svix.messageAttempt.resend(app.id, message.id, endpoint.id);
await until("the resend", () => receiver.deliveries.length > before);
assert.equal(receiver.deliveries.at(-1).id, message.id);
await until("the manual attempt", async () =>
  (await svix.messageAttempt.listByMsg(app.id, message.id)).data.some((item) => item.triggerType === 1),
);
const since = new Date(Date.now() - 60_000);
const missing = await svix.endpoint.replayMissing(app.id, endpoint.id, { since });
assert.equal(missing.status, "running");
assert.equal((await svix.backgroundTask.get(missing.id)).status, "finished");
assert.equal((await svix.endpoint.recover(app.id, endpoint.id, { since })).task, "endpoint.recover");
const replayed = receiver.deliveries.length;
await svix.endpoint.bulkReplay(app.id, endpoint.id, { since, eventTypes: ["user.updated"] });
await until("the replay", () => receiver.deliveries.length > replayed);
assert.equal(receiver.deliveries.at(-1).id, retried.id);
await svix.endpoint.sendExample(app.id, endpoint.id, { eventType: "organization.created" });
await until("the example", () => JSON.parse(receiver.deliveries.at(-1).body).type === "organization.created");
await until("the statistics", async () => (await svix.endpoint.getStats(app.id, endpoint.id)).success >= 4);

// Rotation: both secrets verify in the grace period
const oldSecret = receiver.secret;
await svix.endpoint.rotateSecret(app.id, endpoint.id, {});
const newSecret = (await svix.endpoint.getSecret(app.id, endpoint.id)).key;
assert.notEqual(newSecret, oldSecret);
for (const secret of [oldSecret, newSecret]) {
  receiver.secret = secret;
  const rotated = await svix.message.create(app.id, { eventType: "user.created", payload: { secret: "rotated" } });
  const [only] = await until("the message after the rotation", attemptsOf(rotated.id));
  assert.equal(only.responseStatusCode, 200);
}
assert.ok(receiver.deliveries.every((delivery) => delivery.verified));

// Deleted payloads, portals, errors
await svix.message.expungeContent(app.id, message.id);
const gone = await refused(400, svix.messageAttempt.resend(app.id, message.id, endpoint.id));
assert.equal(gone.code, "missing_payload");
const portal = await svix.authentication.appPortalAccess(app.id, {});
assert.match(portal.url, /^http:\/\/127\.0\.0\.1:\d+\//);
const people = new Svix(portal.token, { serverUrl: process.env.SIMULATOR_URL });
assert.equal((await people.endpoint.list(app.id)).data.length, 1);
await refused(403, people.application.list());
const unauthorized = new Svix("testsk_other", { serverUrl: process.env.SIMULATOR_URL + "/" });
assert.equal((await refused(401, unauthorized.application.list())).code, "authentication_failed");
assert.equal((await refused(404, svix.application.get("app_none"))).code, "not_found");
await refused(422, svix.application.list({ limit: 251 }));
await svix.endpoint.delete(app.id, endpoint.id);
await svix.application.delete(app.id);
await refused(404, svix.application.get(app.id));

// The example in docs/simulator.md.
await svix.application.create({ name: "Clerk", uid: "clerk" });
{
  const endpoint = await svix.endpoint.create('clerk', {
    url: 'http://localhost:3000/api/webhooks/clerk',
    filterTypes: ['user.created', 'user.updated'],
  });
  const { key } = await svix.endpoint.getSecret('clerk', endpoint.id);
  await svix.endpoint.sendExample('clerk', endpoint.id, { eventType: 'user.created' });
  const attempts = await svix.messageAttempt.listByEndpoint('clerk', endpoint.id);
  assert.match(key, /^whsec_/);
  // Nothing listens there. A retry may already have been made, because this server's time runs faster.
  assert.ok(attempts.data.length <= 8);
  assert.ok(attempts.data.every((attempt) => attempt.endpointId === endpoint.id));
}

receiver.stop();
console.log("a full round");
