package io.github.bellhop.server.doctor;

import io.github.bellhop.receiver.ProbeAnswer;
import io.github.bellhop.server.settings.ShownUrl;
import java.net.URI;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Checks that the receiver rejects an unsigned delivery and answers 200 to a signed one. */
record ReceiverCheck(Situation situation) implements Check {

    @Override
    public List<Finding> run() throws InterruptedException {
        URI url = situation.url();
        ReceiverAnswer unsigned = situation.probe().unsigned();
        if (unsigned.fault() != null) {
            boolean notRunning = unsigned.fault() == ReceiverAnswer.Fault.REFUSED && !situation.isUrlGiven();
            return List.of(notRunning ? notRunning(url) : AnswerMeaning.unanswered(url, unsigned.fault()));
        }
        if (unsigned.isSourceNotAllowed() && situation.probe().probeAnswer() != null) {
            return List.of(
                    Finding.ok(ShownUrl.of(url)
                            + " rejects an unsigned delivery from here (403 source-not-allowed): the allowlist is"
                            + " enforced, and this machine's address is not one of Svix's."),
                    signed(url));
        }
        Finding wrong = new AnswerMeaning(url, unsigned).judged();
        if (wrong != null) {
            Finding bySlash = unsigned.status() == 404 ? bySlash(url) : null;
            return List.of(bySlash == null ? wrong : bySlash);
        }
        if (unsigned.isSuccess()) {
            return List.of(Finding.fail(
                    ShownUrl.of(url) + " answers " + unsigned.status() + " to a delivery without a signature.",
                    "The handler does not verify signatures, or it answers 200 in every case. Anybody can"
                            + " write to your database, and Svix does not retry failed deliveries.",
                    "Verify before anything else, and answer 400 if the verification fails."
                            + " docs/migration.md shows how."));
        }
        return unsigned.status() == 400
                ? List.of(refusesUnsigned(url, unsigned), signed(url))
                : List.of(odd(url, unsigned, "without a signature"));
    }

    /** Checks for the route at the same path with a trailing slash added or removed; null if it is not there. */
    private @Nullable Finding bySlash(URI url) throws InterruptedException {
        URI slashed = situation.probe().slashed();
        if (slashed == null) {
            return null;
        }
        ReceiverAnswer answer = situation.probe().unsignedAt(slashed);
        boolean isRoute = answer.status() == 400
                || (answer.isSuccess() && !answer.at(slashed).isPage());
        return isRoute ? AnswerMeaning.bySlash(url, slashed, answer) : null;
    }

    private static Finding notRunning(URI url) {
        return Finding.warn(
                "No receiver is running at " + ShownUrl.server(url) + ".",
                "bellhop serve is not running on this machine, or uses another BELLHOP_PORT.",
                "Start it, or pass the URL of the receiver: bellhop doctor --url https://your-host/api/webhooks/clerk");
    }

    private static Finding refusesUnsigned(URI url, ReceiverAnswer unsigned) {
        String reason = unsigned.reason().isEmpty() ? "" : " " + unsigned.reason();
        return Finding.ok(ShownUrl.of(url) + " rejects an unsigned delivery (400" + reason + ").");
    }

    private Finding signed(URI url) throws InterruptedException {
        ReceiverAnswer answer = situation.probe().signed();
        if (answer == null) {
            return Finding.skip(
                    "No signed delivery was sent, because no secret that can sign one is set here.",
                    "Run bellhop doctor with the receiver's CLERK_WEBHOOK_SIGNING_SECRET.");
        }
        if (answer.fault() != null) {
            return AnswerMeaning.unanswered(url, answer.fault());
        }
        Finding wrong = new AnswerMeaning(url, answer).judged();
        if (wrong != null) {
            return wrong;
        }
        if (answer.isSuccess()) {
            ProbeAnswer probeAnswer = ProbeAnswer.read(answer.body());
            return Finding.ok(
                    "It accepts a signed delivery (" + answer.status() + ") of the type " + ProbeAnswer.TYPE + ". "
                            + (probeAnswer == null
                                    ? "A receiver other than Bellhop handles it like any unknown type."
                                    : "The delivery is not stored."));
        }
        Finding refused = answer.status() == 400 ? refused(url, answer.reason()) : null;
        return refused == null ? odd(url, answer, "with a valid signature") : refused;
    }

    private static @Nullable Finding refused(URI url, String reason) {
        String what =
                ShownUrl.of(url) + " answers 400" + (reason.isEmpty() ? "" : " " + reason) + " to a signed delivery.";
        if (reason.startsWith("timestamp-")) {
            return Finding.fail(
                    what,
                    "The clocks of this machine and of the receiver differ by more than five minutes.",
                    "See the clock check, and correct the clock that is wrong.");
        }
        if (reason.equals("missing-headers") || reason.equals("invalid-headers")) {
            return Finding.fail(
                    what,
                    "Something in front of the receiver removes or changes svix-id, svix-timestamp or svix-signature.",
                    "Pass these three headers through unchanged.");
        }
        return Finding.fail(
                what,
                "The receiver has another signing secret (that of another endpoint, or of the development instance"
                        + " instead of the production instance), or the body is parsed and rewritten before it is"
                        + " verified.",
                "Configure the receiver with the Signing Secret of exactly this endpoint. In Express, use"
                        + " express.raw() for the route and no express.json() before it. In Next.js, verify the raw text of"
                        + " the request.");
    }

    private static Finding odd(URI url, ReceiverAnswer answer, String kind) {
        return Finding.fail(
                ShownUrl.of(url) + " answers " + answer.status() + " to a delivery " + kind + ".",
                "A webhook does not usually answer like this.",
                "Read the logs of the app and of any proxy in front of it.");
    }
}
