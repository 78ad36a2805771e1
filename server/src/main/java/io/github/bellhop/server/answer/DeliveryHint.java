package io.github.bellhop.server.answer;

import io.github.bellhop.server.settings.EnvironmentVariables;
import io.github.bellhop.server.terminal.Paragraph;
import io.github.bellhop.simulator.delivery.WireAnswer;
import java.net.URI;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What a failed delivery means and what to do about it. */
public final class DeliveryHint {
    private static final int LONGEST_ANSWER = 160;

    private final URI endpoint;
    private final String server;
    private final Words words;

    /**
     * What differs between commands.
     *
     * @param option      the option that names the address
     * @param nobody      what to do when nothing listens there
     * @param otherSecret what to do when the receiver has another secret
     */
    public record Words(String option, String nobody, String otherSecret) {
        public static final Words TRIGGER = new Words(
                "--to",
                "Start a receiver with bellhop dev, or give the right address with --to.",
                "Give --secret or " + EnvironmentVariables.SIGNING_SECRET
                        + " the one that it has; with bellhop dev, run this where data/dev-secret is.");

        private static final String START = "Start the app, or give the right address with --forward-to.";
        public static final Words LISTEN = new Words(
                "--forward-to",
                START,
                "The app is to verify with the secret that bellhop listen --print-secret prints.");
        public static final Words RELAY = new Words(
                "--forward-to", START, "The app is to have the Signing Secret of the endpoint in the Clerk Dashboard.");
    }

    public DeliveryHint(URI endpoint) {
        this(endpoint, Words.TRIGGER);
    }

    public DeliveryHint(URI endpoint, Words words) {
        this.endpoint = endpoint;
        this.words = words;
        // Without the path and without what may stand before an @.
        this.server = endpoint.getHost() + (endpoint.getPort() < 0 ? "" : ":" + endpoint.getPort());
    }

    /** The kind of failure. Each kind gets one hint and is counted on its own. */
    public static String kind(WireAnswer result) {
        String reason = result.reason() == null ? "" : " " + Paragraph.plain(result.reason());
        return result.status() == 0 ? "no answer:" + reason : result.status() + reason;
    }

    public String of(WireAnswer result) {
        String told = result.reason() != null ? result.reason() : cut(Paragraph.plain(result.text()));
        String hint = result.status() == 0 ? unanswered(result) : answered(result);
        return told.isEmpty() ? hint : told + ": " + hint;
    }

    private String unanswered(WireAnswer result) {
        return switch (String.valueOf(result.reason())) {
            case WireAnswer.CONNECTION_REFUSED -> "nothing listens at " + server + ". " + words.nobody;
            case WireAnswer.UNKNOWN_HOST -> "there is no such host. Give the right address with " + words.option + ".";
            case WireAnswer.TIMED_OUT ->
                "no whole answer came within 15 seconds, after which Svix gives up and tries again later."
                        + " A receiver is to answer first and work afterwards.";
            default -> "the connection broke (" + cut(Paragraph.plain(result.text())) + ").";
        };
    }

    private String answered(WireAnswer result) {
        String reason = String.valueOf(result.reason());
        int status = result.status();
        if (status == 400 && reason.startsWith("timestamp-")) {
            return "the clocks of sender and receiver are more than 5 minutes apart. Set them.";
        }
        // An answer of Bellhop's says itself what is wrong.
        AnswerCause cause = result.reason() == null ? AnswerTable.of(answer(result)) : null;
        if (cause != null && (cause.named() || status == 429)) {
            return cause.what() + ". " + cause.why() + " " + cause.fix();
        }
        if (status >= 300 && status < 400) {
            String to = answer(result).target();
            return "a redirect" + (to == null ? "" : " to " + to)
                    + ", which Svix does not follow. Take the route out of what needs a sign-in, or give its final address"
                    + " with " + words.option + ".";
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

    private HttpAnswer answer(WireAnswer result) {
        Map<String, List<String>> headers = new HashMap<>();
        result.headers().forEach((name, value) -> headers.put(name, List.of(value)));
        return new HttpAnswer(endpoint, result.status(), headers, result.text());
    }

    private static String cut(String answer) {
        return answer.length() <= LONGEST_ANSWER ? answer : answer.substring(0, LONGEST_ANSWER) + "...";
    }
}
