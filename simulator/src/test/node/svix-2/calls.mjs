// Makes every call of Svix's own Node client that a product needs to manage its webhooks, one after another. Prints a line
// for each: "ok", "failed", or "not simulated" for a planned call that gets 501. Then prints "unlisted" for each call of the
// client that is not on any of the lists below.
import assert from "node:assert/strict";
import { Svix } from "svix";
import { startReceiver, until } from "./receiver.mjs";

const svix = new Svix("testsk_simulator", { serverUrl: process.env.SIMULATOR_URL });
const receiver = await startReceiver();
let number = 0;

const application = async () => (await svix.application.create({ name: "App", uid: `calls-${++number}` })).id;
const place = async (more = {}) => {
  const app = await application();
  const endpoint = await svix.endpoint.create(app, { url: receiver.url, ...more });
  receiver.secret = (await svix.endpoint.getSecret(app, endpoint.id)).key;
  return { app, endpoint: endpoint.id };
};
const send = (app, more = {}) => svix.message.create(app, { eventType: "user.created", payload: { n: 1 }, ...more });
const delivered = async () => {
  const { app, endpoint } = await place();
  const message = (await send(app)).id;
  const attempt = await until("the attempt", async () => (await svix.messageAttempt.listByMsg(app, message)).data[0]);
  return { app, endpoint, message, attempt };
};
const type = async () => (await svix.eventType.create({ name: `calls.made${++number}`, description: "Made" })).name;
const since = () => new Date(Date.now() - 60_000);

const calls = {
  "health.get": () => svix.health.get(),

  "application.create": async () => assert.match(await application(), /^app_/),
  "application.getOrCreate": async () => {
    await application();
    assert.equal((await svix.application.getOrCreate({ name: "Other", uid: `calls-${number}` })).name, "App");
  },
  "application.get": async () => assert.equal((await svix.application.get(await application())).name, "App"),
  "application.list": async () => assert.equal((await svix.application.list({ limit: 1, order: "descending" })).data.length, 1),
  "application.upsert": async () => assert.equal((await svix.application.upsert(await application(), { name: "New" })).name, "New"),
  "application.patch": async () => assert.equal((await svix.application.patch(await application(), { name: "Patched" })).name, "Patched"),
  "application.delete": async () => svix.application.delete(await application()),

  "endpoint.create": async () => assert.match((await place()).endpoint, /^ep_/),
  "endpoint.get": async () => {
    const { app, endpoint } = await place({ uid: "mine" });
    assert.equal((await svix.endpoint.get(app, "mine")).id, endpoint);
  },
  "endpoint.list": async () => assert.equal((await svix.endpoint.list((await place()).app)).data.length, 1),
  "endpoint.upsert": async () => {
    const { app, endpoint } = await place();
    assert.equal((await svix.endpoint.upsert(app, endpoint, { url: receiver.url, description: "new" })).description, "new");
  },
  "endpoint.patch": async () => {
    const { app, endpoint } = await place();
    assert.equal((await svix.endpoint.patch(app, endpoint, { disabled: true })).disabled, true);
  },
  "endpoint.delete": async () => {
    const { app, endpoint } = await place();
    await svix.endpoint.delete(app, endpoint);
    assert.equal((await svix.endpoint.list(app)).data.length, 0);
  },
  "endpoint.getSecret": async () => {
    const { app, endpoint } = await place();
    assert.match((await svix.endpoint.getSecret(app, endpoint)).key, /^whsec_/);
  },
  "endpoint.rotateSecret": async () => {
    const { app, endpoint } = await place();
    const old = (await svix.endpoint.getSecret(app, endpoint)).key;
    await svix.endpoint.rotateSecret(app, endpoint, { gracePeriodSeconds: 60 });
    assert.notEqual((await svix.endpoint.getSecret(app, endpoint)).key, old);
  },
  "endpoint.getHeaders": async () => {
    const { app, endpoint } = await place({ headers: { "X-One": "1" } });
    assert.deepEqual((await svix.endpoint.getHeaders(app, endpoint)).headers, { "X-One": "1" });
  },
  "endpoint.setHeaders": async () => {
    const { app, endpoint } = await place();
    await svix.endpoint.setHeaders(app, endpoint, { headers: { "X-Two": "2" } });
    assert.deepEqual((await svix.endpoint.getHeaders(app, endpoint)).headers, { "X-Two": "2" });
  },
  "endpoint.patchHeaders": async () => {
    const { app, endpoint } = await place({ headers: { "X-One": "1" } });
    await svix.endpoint.patchHeaders(app, endpoint, { headers: { "X-Two": "2" } });
    assert.deepEqual((await svix.endpoint.getHeaders(app, endpoint)).headers, { "X-One": "1", "X-Two": "2" });
  },
  "endpoint.sendExample": async () => {
    const { app, endpoint } = await place();
    assert.equal((await svix.endpoint.sendExample(app, endpoint, { eventType: "user.created" })).eventType, "user.created");
  },
  "endpoint.recover": async () => {
    const { app, endpoint } = await place();
    assert.equal((await svix.endpoint.recover(app, endpoint, { since: since() })).task, "endpoint.recover");
  },
  "endpoint.replayMissing": async () => {
    const app = await application();
    const message = (await send(app)).id;
    const endpoint = (await svix.endpoint.create(app, { url: receiver.url })).id;
    receiver.secret = (await svix.endpoint.getSecret(app, endpoint)).key;
    await svix.endpoint.replayMissing(app, endpoint, { since: since() });
    await until("the message that was missing", async () => (await svix.messageAttempt.listByMsg(app, message)).data[0]);
  },
  "endpoint.bulkReplay": async () => {
    const { app, endpoint, message } = await delivered();
    await svix.endpoint.bulkReplay(app, endpoint, { since: since(), eventTypes: ["user.created"] });
    await until("the second attempt", async () => (await svix.messageAttempt.listByMsg(app, message)).data[1]);
  },
  "endpoint.getStats": async () => {
    const { app, endpoint } = await delivered();
    assert.equal((await svix.endpoint.getStats(app, endpoint)).success, 1);
  },

  "message.create": async () => assert.match((await send(await application())).id, /^msg_/),
  "message.get": async () => {
    const app = await application();
    assert.deepEqual((await svix.message.get(app, (await send(app)).id, { withContent: true })).payload, { n: 1 });
  },
  "message.list": async () => {
    const app = await application();
    const { id } = await send(app, { tags: ["red"] });
    await send(app, { tags: ["blue"] });
    const list = await svix.message.list(app, { tag: "red", after: since(), eventTypes: ["user.created"] });
    assert.deepEqual(list.data.map((message) => message.id), [id]);
  },
  "message.precheck": async () => {
    const { app } = await place({ eventTypes: ["user.created"] });
    assert.equal((await svix.message.precheck(app, { eventType: "user.created" })).active, true);
    assert.equal((await svix.message.precheck(app, { eventType: "user.deleted" })).active, false);
  },
  "message.expungeContent": async () => {
    const app = await application();
    const { id } = await send(app);
    await svix.message.expungeContent(app, id);
    assert.deepEqual((await svix.message.get(app, id, { withContent: true })).payload, { expired: true });
  },

  "messageAttempt.listByMsg": async () => assert.equal((await delivered()).attempt.status, 0),
  "messageAttempt.listByEndpoint": async () => {
    const { app, endpoint, message } = await delivered();
    const list = await svix.messageAttempt.listByEndpoint(app, endpoint, { status: 0, statusCodeClass: 200, withMsg: true });
    assert.equal(list.data[0].msgId, message);
  },
  "messageAttempt.listAttemptedMessages": async () => {
    const { app, endpoint, message } = await delivered();
    assert.equal((await svix.messageAttempt.listAttemptedMessages(app, endpoint, { status: 0 })).data[0].id, message);
  },
  "messageAttempt.listAttemptedDestinations": async () => {
    const { app, endpoint, message } = await delivered();
    assert.equal((await svix.messageAttempt.listAttemptedDestinations(app, message)).data[0].id, endpoint);
  },
  "messageAttempt.get": async () => {
    const { app, message, attempt } = await delivered();
    assert.equal((await svix.messageAttempt.get(app, message, attempt.id)).responseStatusCode, 200);
  },
  "messageAttempt.expungeContent": async () => {
    const { app, message, attempt } = await delivered();
    await svix.messageAttempt.expungeContent(app, message, attempt.id);
    assert.equal((await svix.messageAttempt.get(app, message, attempt.id)).response, "");
  },
  "messageAttempt.resend": async () => {
    const { app, endpoint, message } = await delivered();
    await svix.messageAttempt.resend(app, message, endpoint);
    await until("the second attempt", async () => (await svix.messageAttempt.listByMsg(app, message)).data[1]);
  },

  "backgroundTask.list": async () => {
    const { app, endpoint } = await place();
    const { id } = await svix.endpoint.recover(app, endpoint, { since: since() });
    const list = await svix.backgroundTask.list({ task: "endpoint.recover", status: "finished", order: "descending" });
    assert.equal(list.data[0].id, id);
  },
  "backgroundTask.get": async () => {
    const { app, endpoint } = await place();
    const { id } = await svix.endpoint.recover(app, endpoint, { since: since() });
    assert.equal((await svix.backgroundTask.get(id)).status, "finished");
  },

  "eventType.create": async () => assert.match(await type(), /^calls\.made/),
  "eventType.get": async () => assert.equal((await svix.eventType.get("user.created")).name, "user.created"),
  "eventType.list": async () => assert.ok((await svix.eventType.list({ limit: 250, includeArchived: true })).data.length >= 46),
  "eventType.upsert": async () => assert.equal((await svix.eventType.upsert(await type(), { description: "New" })).description, "New"),
  "eventType.patch": async () => assert.equal((await svix.eventType.patch(await type(), { description: "Patched" })).description, "Patched"),
  "eventType.delete": async () => svix.eventType.delete(await type(), { expunge: true }),

  "authentication.appPortalAccess": async () => assert.match((await svix.authentication.appPortalAccess(await application(), {})).token, /^appsk_/),
  "authentication.logout": async () => {
    const { token } = await svix.authentication.appPortalAccess(await application(), {});
    await new Svix(token, { serverUrl: process.env.SIMULATOR_URL }).authentication.logout();
  },
};

// Other calls about webhooks. The simulator may answer 501 to these, but no other error.
const planned = {
  "authentication.expireAll": async () => svix.authentication.expireAll(await application(), {}),
  "statistics.aggregateAppStats": () => svix.statistics.aggregateAppStats({ since: since(), until: new Date() }),
  "statistics.aggregateEventTypes": () => svix.statistics.aggregateEventTypes(),
};

// Products of Svix that Clerk does not use: streams, pollers, integrations, ingestion, transformations.
const foreign = /^(autoconfigSubscription|connector|destination|environment|ingest|integration|operationalWebhook|streaming)\.|\.(stream\w+|\w+StreamPollerToken|transformation\w*)$/;
const unneeded = new Set(["eventType.importOpenapi", "message.bulkExpungeContent", "message.expungeAllContents", "message.poller"]);

async function attempt(name, call) {
  try {
    await call();
    console.log(`ok ${name}`);
  } catch (error) {
    console.log(
      error.code === 501 && name in planned
        ? `not simulated ${name}`
        : `failed ${name}: ${error.stack} ${JSON.stringify(error.body ?? "")}`.replaceAll("\n", " "),
    );
  }
}
for (const [name, call] of [...Object.entries(calls), ...Object.entries(planned)]) {
  await attempt(name, call);
}
for (const resource of Object.getOwnPropertyNames(Object.getPrototypeOf(svix))) {
  const api = svix[resource];
  for (const method of Object.getOwnPropertyNames(Object.getPrototypeOf(Object(api)))) {
    const name = `${resource}.${method}`;
    if (resource !== "constructor" && method !== "constructor" && !(name in calls) && !(name in planned)) {
      if (!foreign.test(name) && !unneeded.has(name)) console.log(`unlisted ${name}`);
    }
  }
}
receiver.stop();
