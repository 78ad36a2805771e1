// An Express app that asks every library about every delivery, and answers 200 only when none refuses.
import assert from "node:assert/strict";
import express from "express";
import { Svix } from "svix";
import { libraries } from "./libraries.mjs";

const svix = new Svix("testsk_simulator", { serverUrl: process.env.SIMULATOR_URL });
let secret = "";

const app = express();
app.post("/hook", express.raw({ type: "application/json" }), async (request, response) => {
  const told = {};
  for (const [name, verify] of Object.entries(libraries)) {
    told[name] = await Promise.resolve()
      .then(() => verify(request, secret))
      .then(
        (event) => "took " + event.type,
        (error) => "refused: " + error.message,
      );
  }
  const taken = Object.values(told).every((answer) => answer.startsWith("took"));
  response.status(taken ? 200 : 400).json(told);
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
  throw new Error("no attempt of " + type);
}

async function assertTaken(type) {
  const { responseStatusCode, response } = await attempt(type);
  assert.equal(responseStatusCode, 200, response);
  const all = Object.fromEntries(Object.keys(libraries).map((name) => [name, "took " + type]));
  assert.deepEqual(JSON.parse(response), all);
}

// Every type of event
secret = await currentSecret();
for (const type of (await svix.eventType.list({ limit: 250 })).data) {
  await assertTaken(type.name);
}

// Another secret: all of them refuse
secret = "whsec_" + Buffer.from("the secret of a stranger").toString("base64");
const refused = await attempt("user.created");
assert.equal(refused.responseStatusCode, 400);
for (const [name, answer] of Object.entries(JSON.parse(refused.response))) {
  assert.match(answer, /^refused: .*No matching signature found/, name);
}

// The grace period of a rotation: all of them take the old secret and the new one
secret = await currentSecret();
await svix.endpoint.rotateSecret(id, endpoint.id, {});
await assertTaken("user.updated");
secret = await currentSecret();
await assertTaken("user.updated");

server.close();
server.closeAllConnections();
console.log("all of them took what they should");
