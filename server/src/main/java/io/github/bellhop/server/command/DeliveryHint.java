package io.github.bellhop.server.command;

import io.github.bellhop.simulator.delivery.DeliveryResult;
import java.net.URI;

/** What a failed delivery means and what to do about it. */
final class DeliveryHint {
    private static final int LONGEST_ANSWER = 160;

    private final String server;
    private final Words words;

    /**
     * What differs between commands.
     *
     * @param option      the option that names the address
     * @param nobody      what to do when nothing listens there
     * @param otherSecret what to do when the receiver has another secret
     */
    record Words(String option, String nobody, String otherSecret) {
        static final Words TRIGGER = new Words(
                "--to",
                "Start a receiver with bellhop dev, or give the right address with --to.",
                "Give --secret or " + SecretSource.VARIABLE
                        + " the one that it has; with bellhop dev, run this where data/dev-secret is.");

        private static final String START = "Start the app, or give the right address with --forward-to.";
        static final Words LISTEN = new Words(
                "--forward-to",
                START,
                "The app is to verify with the secret that bellhop listen --print-secret prints.");
        static final Words RELAY = new Words(
                "--forward-to", START, "The app is to have the Signing Secret of the endpoint in the Clerk Dashboard.");
    }

    DeliveryHint(URI endpoint) {
        this(endpoint, Words.TRIGGER);
    }

    DeliveryHint(URI endpoint, Words words) {
        this.words = words;
        // Without the path and without what may stand before an @.
        this.server = endpoint.getHost() + (endpoint.getPort() < 0 ? "" : ":" + endpoint.getPort());
    }

    String of(DeliveryResult result) {
        String told = result.reason() != null ? result.reason() : cut(Paragraph.plain(result.answer()));
        String hint = result.status() == 0 ? unanswered(result) : answered(result);
        return told.isEmpty() ? hint : told + ": " + hint;
    }

    private String unanswered(DeliveryResult result) {
        return switch (String.valueOf(result.reason())) {
            case DeliveryResult.CONNECTION_REFUSED -> "nothing listens at " + server + ". " + words.nobody;
            case DeliveryResult.UNKNOWN_HOST ->
                "there is no such host. Give the right address with " + words.option + ".";
            case DeliveryResult.TIMED_OUT ->
                "no whole answer came within 15 seconds, after which Svix gives up and tries again later."
                        + " A receiver is to answer first and work afterwards.";
            default -> "the connection broke (" + cut(Paragraph.plain(result.answer())) + ").";
        };
    }

    private String answered(DeliveryResult result) {
        String reason = String.valueOf(result.reason());
        int status = result.status();
        if (status == 400 && reason.startsWith("timestamp-")) {
            return "the clocks of sender and receiver are more than 5 minutes apart. Set them.";
        }
        if (status >= 300 && status < 400) {
            return "a redirect, which Svix does not follow. Take the route out of what needs a sign-in, or give its"
                    + " final address with " + words.option + ".";
        }
        return switch (status) {
            case 400 -> "the receiver has another signing secret, most likely. " + words.otherSecret;
            case 401, 403 ->
                "the receiver refuses the sender. Take the route out of what needs a sign-in; if it is"
                        + " bellhop serve, set BELLHOP_IP_ALLOWLIST=off to try it from here.";
            case 404 ->
                "there is no webhook at this path. Bellhop's is /api/webhooks/clerk; give another with " + words.option
                        + ".";
            case 405 ->
                "the path takes no POST, so it is not the webhook's. Give the right one with " + words.option + ".";
            case 413 -> "the payload is larger than the receiver takes.";
            case 503 ->
                "the receiver cannot keep the message now: its database is down or it is full. Clerk would send"
                        + " it again; try later.";
            default -> "the receiver failed. Its log tells more.";
        };
    }

    private static String cut(String answer) {
        return answer.length() <= LONGEST_ANSWER ? answer : answer.substring(0, LONGEST_ANSWER) + "...";
    }
}
