package io.github.bellhop.server.doctor;

import io.github.bellhop.server.answer.AnswerCause;
import io.github.bellhop.server.answer.AnswerTable;
import io.github.bellhop.server.settings.ShownUrl;
import java.net.URI;
import org.jspecify.annotations.Nullable;

/** Explains the answer from a receiver that does not accept deliveries. */
final class AnswerMeaning {
    private static final String TUNNEL =
            "If this is a tunnel, its address may have changed: enter the new one in the Clerk Dashboard. bellhop"
                    + " dev needs no tunnel.";

    private final URI url;
    private final ReceiverAnswer answer;

    AnswerMeaning(URI url, ReceiverAnswer answer) {
        this.url = url;
        this.answer = answer;
    }

    /** Explains why there was no answer. */
    static Finding unanswered(URI url, ReceiverAnswer.Fault fault) {
        String host = String.valueOf(url.getHost());
        return switch (fault) {
            case REFUSED ->
                Finding.fail(
                        "Nothing listens at " + ShownUrl.server(url) + ".",
                        "The app is not running, or runs on another port or machine.",
                        "Start it, or correct the URL. " + TUNNEL);
            case UNKNOWN_HOST ->
                Finding.fail(
                        "The host " + host + " is unknown.",
                        "DNS has no address for it.",
                        "Correct the URL or the DNS record. " + TUNNEL);
            case TIMED_OUT ->
                Finding.fail(
                        ShownUrl.server(url) + " did not send a complete answer in time.",
                        "Svix waits 15 seconds, then counts the delivery as failed and retries it.",
                        "Answer first and do the work afterwards. Look for a firewall that drops connections.");
            case TLS ->
                Finding.fail(
                        "The TLS connection to " + ShownUrl.server(url) + " failed.",
                        "The certificate is not trusted, or the server has no TLS at this port.",
                        "See the certificate check.");
            case BROKEN ->
                Finding.fail(
                        "The connection to " + ShownUrl.server(url) + " was lost.",
                        "Something closed it before the answer was complete, or the answer was larger than 1 MiB.",
                        "Read the logs of the app and of any proxy in front of it.");
        };
    }

    /** Returns what is wrong, or null if the status, headers and body show no problem. */
    @Nullable
    Finding judged() {
        if (answer.isSourceNotAllowed()) {
            return notAllowed();
        }
        AnswerCause cause = AnswerTable.of(answer.at(url));
        return cause == null ? null : Finding.fail(line(cause.what()), cause.why(), cause.fix());
    }

    private Finding notAllowed() {
        return Finding.warn(
                line("the allowlist is enforced, and this machine's address is not one of Svix's (source-not-allowed)"),
                "For this machine that is correct. If Svix's own deliveries get this answer too, the receiver sees"
                        + " the address of a proxy instead of theirs.",
                "Run bellhop doctor with the receiver's CLERK_WEBHOOK_SIGNING_SECRET. The receiver answers a signed"
                        + " probe from any address and reports the address that it sees, and the doctor says what to"
                        + " set. A receiver of an earlier version answers the probe only with"
                        + " BELLHOP_IP_ALLOWLIST=observe.");
    }

    /** Reports that the route is at the same path with a trailing slash added or removed. */
    static Finding bySlash(URI url, URI slashed, ReceiverAnswer there) {
        return Finding.fail(
                ShownUrl.of(url) + " answers 404, and " + ShownUrl.of(slashed) + " answers " + there.status() + ".",
                "The two URLs differ by a trailing slash. The route is at the second URL.",
                "Enter this URL in the Clerk Dashboard: " + ShownUrl.of(slashed));
    }

    private String line(String what) {
        return ShownUrl.of(url) + " answers " + answer.status() + ": " + what + ".";
    }
}
