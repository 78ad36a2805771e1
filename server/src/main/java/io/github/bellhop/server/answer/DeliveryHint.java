package io.github.bellhop.server.answer;

import io.github.bellhop.server.settings.EnvironmentVariables;
import io.github.bellhop.server.terminal.Paragraph;
import io.github.bellhop.simulator.delivery.WireAnswer;
import java.net.URI;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Explains why a delivery failed and what to do about it. */
public final class DeliveryHint {
    private static final int MAX_SHOWN_CHARS = 160;

    private final URI endpoint;
    private final String server;
    private final Words words;

    /**
     * The words that differ between commands.
     *
     * @param option      the option that names the address
     * @param nobody      what to do when nothing listens at the address
     * @param otherSecret what to do when the receiver has a different secret
     */
    public record Words(String option, String nobody, String otherSecret) {
        public static final Words TRIGGER = new Words(
                "--to",
                "Start a receiver with bellhop dev, or pass the right address with --to.",
                "Pass the receiver's secret in --secret or " + EnvironmentVariables.SIGNING_SECRET + ". With bellhop"
                        + " dev, run this in the folder that contains data/dev-secret.");

        private static final String START = "Start the app, or pass the right address with --forward-to.";
        public static final Words LISTEN = new Words(
                "--forward-to", START, "Configure the app with the secret that bellhop listen --print-secret prints.");
        public static final Words RELAY = new Words(
                "--forward-to",
                START,
                "Configure the app with the Signing Secret of the endpoint in the Clerk Dashboard.");
    }

    public DeliveryHint(URI endpoint) {
        this(endpoint, Words.TRIGGER);
    }

    public DeliveryHint(URI endpoint, Words words) {
        this.endpoint = endpoint;
        this.words = words;
        // Leaves out the path and any user information before an @.
        this.server = endpoint.getHost() + (endpoint.getPort() < 0 ? "" : ":" + endpoint.getPort());
    }

    /** Returns the kind of failure. Each kind gets one hint and its own count. */
    public static String kind(WireAnswer result) {
        String reason = result.reason() == null ? "" : " " + Paragraph.plain(result.reason());
        return result.status() == 0 ? "no answer:" + reason : result.status() + reason;
    }

    public String of(WireAnswer result) {
        String text = result.reason() != null ? result.reason() : cut(Paragraph.plain(result.text()));
        String hint = result.status() == 0 ? unanswered(result) : answered(result);
        return text.isEmpty() ? hint : text + ": " + hint;
    }

    private String unanswered(WireAnswer result) {
        return switch (String.valueOf(result.reason())) {
            case WireAnswer.CONNECTION_REFUSED -> "nothing listens at " + server + ". " + words.nobody;
            case WireAnswer.UNKNOWN_HOST ->
                "the host name cannot be resolved. Pass the right address with " + words.option + ".";
            case WireAnswer.TIMED_OUT ->
                "no complete answer arrived within 15 seconds. Svix times out after that and retries later. Let the"
                        + " receiver answer first and do its work afterwards.";
            default -> "the connection broke (" + cut(Paragraph.plain(result.text())) + ").";
        };
    }

    private String answered(WireAnswer result) {
        String reason = String.valueOf(result.reason());
        int status = result.status();
        if (status == 400 && reason.startsWith("timestamp-")) {
            return "the clocks of sender and receiver are more than 5 minutes apart. Correct the wrong one.";
        }
        // An answer from Bellhop states the reason itself.
        AnswerCause cause = result.reason() == null ? AnswerTable.of(answer(result)) : null;
        if (cause != null && (cause.named() || status == 429)) {
            return cause.what() + ". " + cause.why() + " " + cause.fix();
        }
        if (status >= 300 && status < 400) {
            String to = answer(result).target();
            return "a redirect" + (to == null ? "" : " to " + to)
                    + ", which Svix does not follow. Make the route public, or pass the final address with "
                    + words.option + ".";
        }
        return switch (status) {
            case 400 -> "the receiver most likely has another secret. " + words.otherSecret;
            case 401, 403 ->
                "the receiver rejects the sender. Make the route public. If the receiver is bellhop serve, set"
                        + " BELLHOP_IP_ALLOWLIST=off to send from this machine.";
            case 404 ->
                "there is no webhook at this path. Bellhop's path is /api/webhooks/clerk. Pass another URL with "
                        + words.option + ".";
            case 405 ->
                "the path does not accept POST, so it is not the webhook. Pass the right URL with " + words.option
                        + ".";
            case 413 -> "the payload is larger than the receiver accepts.";
            case 503 ->
                "the receiver cannot store the message now: its database is down, or it is overloaded. Clerk would"
                        + " retry; try again later.";
            default -> "the receiver failed. See its log.";
        };
    }

    private HttpAnswer answer(WireAnswer result) {
        Map<String, List<String>> headers = new HashMap<>();
        result.headers().forEach((name, value) -> headers.put(name, List.of(value)));
        return new HttpAnswer(endpoint, result.status(), headers, result.text());
    }

    private static String cut(String answer) {
        return answer.length() <= MAX_SHOWN_CHARS ? answer : answer.substring(0, MAX_SHOWN_CHARS) + "...";
    }
}
