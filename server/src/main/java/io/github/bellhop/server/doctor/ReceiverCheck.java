package io.github.bellhop.server.doctor;

import io.github.bellhop.receiver.ProbeAnswer;
import io.github.bellhop.server.settings.ShownUrl;
import java.net.URI;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Whether deliveries are taken: an unsigned one must be refused, and a signed one be answered 200. */
record ReceiverCheck(Situation situation) implements Check {

    @Override
    public List<Finding> look() throws InterruptedException {
        URI url = situation.url();
        ReceiverAnswer unsigned = situation.probe().unsigned();
        if (unsigned.fault() != null) {
            boolean none = unsigned.fault() == ReceiverAnswer.Fault.REFUSED && !situation.isUrlGiven();
            return List.of(none ? notRunning(url) : AnswerMeaning.unanswered(url, unsigned.fault()));
        }
        if (unsigned.isSourceNotAllowed() && situation.probe().sight() != null) {
            return List.of(
                    Finding.ok(ShownUrl.of(url)
                            + " refuses an unsigned delivery from here (403 source-not-allowed): the allowlist"
                            + " is enforced, and this machine is not one of Svix's."),
                    signed(url));
        }
        Finding wrong = new AnswerMeaning(url, unsigned).judged();
        if (wrong != null) {
            Finding bySlash = unsigned.status() == 404 ? bySlash(url) : null;
            return List.of(bySlash == null ? wrong : bySlash);
        }
        if (unsigned.isSuccess()) {
            return List.of(
                    Finding.fail(
                            ShownUrl.of(url) + " answers " + unsigned.status() + " to a delivery without a signature.",
                            "The handler does not verify, or answers 200 whatever happens. Anybody can write into your database,"
                                    + " and what failed never comes again.",
                            "Verify before anything else and answer 400 to what does not verify; docs/migration.md shows how."));
        }
        return unsigned.status() == 400
                ? List.of(refusesUnsigned(url, unsigned), signed(url))
                : List.of(odd(url, unsigned, "without a signature"));
    }

    /** Looks whether the route is at the same path with or without a slash at the end; null if it is not. */
    private @Nullable Finding bySlash(URI url) throws InterruptedException {
        URI slashed = situation.probe().slashed();
        if (slashed == null) {
            return null;
        }
        ReceiverAnswer there = situation.probe().unsignedAt(slashed);
        boolean isRoute = there.status() == 400
                || (there.isSuccess() && !there.at(slashed).isPage());
        return isRoute ? AnswerMeaning.bySlash(url, slashed, there) : null;
    }

    private static Finding notRunning(URI url) {
        return Finding.warn(
                "No receiver runs at " + ShownUrl.server(url) + ".",
                "bellhop serve is not started on this machine, or has another BELLHOP_PORT.",
                "Start it, or name the receiver: bellhop doctor --url https://your-host/api/webhooks/clerk");
    }

    private static Finding refusesUnsigned(URI url, ReceiverAnswer unsigned) {
        String reason = unsigned.reason().isEmpty() ? "" : " " + unsigned.reason();
        return Finding.ok(ShownUrl.of(url) + " refuses an unsigned delivery (400" + reason + ").");
    }

    private Finding signed(URI url) throws InterruptedException {
        ReceiverAnswer answer = situation.probe().signed();
        if (answer == null) {
            return Finding.skip(
                    "No signed delivery was tried: there is no secret here that can sign.",
                    "Run this with the receiver's own CLERK_WEBHOOK_SIGNING_SECRET.");
        }
        if (answer.fault() != null) {
            return AnswerMeaning.unanswered(url, answer.fault());
        }
        Finding wrong = new AnswerMeaning(url, answer).judged();
        if (wrong != null) {
            return wrong;
        }
        if (answer.isSuccess()) {
            ProbeAnswer sight = ProbeAnswer.read(answer.body());
            return Finding.ok(
                    "It takes a signed delivery (" + answer.status() + "), of the type " + ProbeAnswer.TYPE + ", "
                            + (sight == null
                                    ? "which a receiver that is not Bellhop's treats as it does unknown types."
                                    : "of which nothing is kept."));
        }
        Finding refused = answer.status() == 400 ? refused(url, answer.reason()) : null;
        return refused == null ? odd(url, answer, "that is signed") : refused;
    }

    private static @Nullable Finding refused(URI url, String reason) {
        String what = ShownUrl.of(url) + " answers 400" + (reason.isEmpty() ? "" : " " + reason)
                + " to a delivery that is signed.";
        if (reason.startsWith("timestamp-")) {
            return Finding.fail(
                    what,
                    "The clocks of this machine and the receiver's are more than five minutes apart.",
                    "See what the check of the clock says, and set the one that is wrong.");
        }
        if (reason.equals("missing-headers") || reason.equals("invalid-headers")) {
            return Finding.fail(
                    what,
                    "Something in front takes svix-id, svix-timestamp or svix-signature away, or changes them.",
                    "Let these three headers through as they are.");
        }
        return Finding.fail(
                what,
                "The receiver has another signing secret (of another endpoint, or of the development instead of the"
                        + " production instance), or something parses the body and writes it anew before it is verified.",
                "Give the receiver the Signing Secret of this very endpoint. In Express use express.raw() for the route"
                        + " and no express.json() before it; in Next.js verify the request's own text.");
    }

    private static Finding odd(URI url, ReceiverAnswer answer, String kind) {
        return Finding.fail(
                ShownUrl.of(url) + " answers " + answer.status() + " to a delivery " + kind + ".",
                "That is no usual answer of a webhook.",
                "Look into the log of the app and of what stands before it.");
    }
}
