// An Express app that verifies every delivery with every library, and answers 200 only if all accept it.
import assert from "node:assert/strict";
import express from "express";
import { Svix } from "svix";
import { libraries } from "./libraries.mjs";

const svix = new Svix("testsk_simulator", { serverUrl: process.env.SIMULATOR_URL });
let secret = "";

const app = express();
app.post("/hook", express.raw({ type: "application/json" }), async (request, response) => {
  const verdicts = {};
  for (const [name, verify] of Object.entries(libraries)) {
    verdicts[name] = await Promise.resolve()
      .then(() => verify(request, secret))
      .then(
        (event) => "accepted " + event.type,
        (error) => "rejected: " + error.message,
      );
  }
  const allAccept = Object.values(verdicts).every((answer) => answer.startsWith("accepted"));
  response.status(allAccept ? 200 : 400).json(verdicts);
});
const server = await new Promise((resolve) => {
  const listening = app.listen(0, "127.0.0.1", () => resolve(listening));
});

const { id } = await svix.application.create({ name: "Receivers" });
const endpoint = await svix.endpoint.create(id, { url: `http://127.0.0.1:${server.address().port}/hook` });
const currentSecret = async () => (await svix.endpoint.getSecret(id, endpoint.id)).key;

async function attempt(type) {
  const message = await svix.endpoint.sendExample(id, endpoint.id, { eventType: type });
  for (let i = 0; i < 200; i++) {
    const page = await svix.messageAttempt.listByMsg(id, message.id);
    if (page.data.length > 0) return page.data[0];
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  throw new Error("no attempt for " + type);
}

async function assertAccepted(type) {
  const { responseStatusCode, response } = await attempt(type);
  assert.equal(responseStatusCode, 200, response);
  const all = Object.fromEntries(Object.keys(libraries).map((name) => [name, "accepted " + type]));
  assert.deepEqual(JSON.parse(response), all);
}

// Every event type
secret = await currentSecret();
for (const type of (await svix.eventType.list({ limit: 250 })).data) {
  await assertAccepted(type.name);
}

// Another secret: all libraries reject
secret = "whsec_" + Buffer.from("the secret of a stranger").toString("base64");
const rejected = await attempt("user.created");
assert.equal(rejected.responseStatusCode, 400);
for (const [name, answer] of Object.entries(JSON.parse(rejected.response))) {
  assert.match(answer, /^rejected: .*No matching signature found/, name);
}

// The grace period of a rotation: all libraries accept with the old or the new secret
secret = await currentSecret();
await svix.endpoint.rotateSecret(id, endpoint.id, {});
await assertAccepted("user.updated");
secret = await currentSecret();
await assertAccepted("user.updated");

server.close();
server.closeAllConnections();
console.log("all receivers gave the expected verdict");
