// The libraries that an app may use to verify a delivery. Each throws if it rejects the delivery.
import { verifyWebhook as verifyFetch } from "@clerk/backend/webhooks";
import { verifyWebhook as verifyExpress } from "@clerk/express/webhooks";
import { Webhook as StandardWebhook } from "standardwebhooks";
import { Webhook as SvixWebhook } from "svix";

export const libraries = {
  "@clerk/backend": (request, signingSecret) =>
    verifyFetch(
      new Request("http://localhost/hook", { method: "POST", headers: request.headers, body: request.body }),
      { signingSecret },
    ),
  "@clerk/express": (request, signingSecret) => verifyExpress(request, { signingSecret }),
  svix: (request, secret) => new SvixWebhook(secret).verify(request.body.toString("utf8"), request.headers),
  standardwebhooks: (request, secret) =>
    new StandardWebhook(secret).verify(request.body.toString("utf8"), {
      "webhook-id": request.headers["svix-id"],
      "webhook-timestamp": request.headers["svix-timestamp"],
      "webhook-signature": request.headers["svix-signature"],
    }),
};
