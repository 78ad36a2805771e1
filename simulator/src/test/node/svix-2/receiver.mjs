// A receiver that verifies deliveries with svix's own Webhook and gives a configured answer.
import { createServer } from "node:http";
import { Webhook } from "svix";

export async function startReceiver() {
  const receiver = { secret: "", status: 200, deliveries: [], url: "", stop: () => server.close() };
  const server = createServer(async (request, response) => {
    const chunks = [];
    for await (const chunk of request) chunks.push(chunk);
    const body = Buffer.concat(chunks).toString("utf8");
    const delivery = { id: request.headers["svix-id"], headers: request.headers, body, verified: false };
    try {
      new Webhook(receiver.secret).verify(body, request.headers);
      delivery.verified = true;
    } catch (error) {
      delivery.error = error.message;
    }
    receiver.deliveries.push(delivery);
    response.statusCode = delivery.verified ? receiver.status : 400;
    response.end(delivery.verified ? "thanks" : delivery.error);
  });
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  receiver.url = `http://127.0.0.1:${server.address().port}/hook`;
  return receiver;
}

// Polls until the answer is truthy.
export async function until(what, ask) {
  for (let i = 0; i < 200; i++) {
    const answer = await ask();
    if (answer) return answer;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error("timed out waiting for " + what);
}
