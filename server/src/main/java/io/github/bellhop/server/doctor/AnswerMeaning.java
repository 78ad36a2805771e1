package io.github.bellhop.server.doctor;

import io.github.bellhop.server.answer.AnswerCause;
import io.github.bellhop.server.answer.AnswerTable;
import io.github.bellhop.server.settings.ShownUrl;
import java.net.URI;
import org.jspecify.annotations.Nullable;

/** What an answer of a receiver that does not take deliveries means. */
final class AnswerMeaning {
    private static final String TUNNEL =
            "If it is a tunnel's, its address may have changed: the Dashboard needs the new"
                    + " one, and bellhop dev needs none.";

    private final URI url;
    private final ReceiverAnswer answer;

    AnswerMeaning(URI url, ReceiverAnswer answer) {
        this.url = url;
        this.answer = answer;
    }

    /** Why there was no answer. */
    static Finding unanswered(URI url, ReceiverAnswer.Fault fault) {
        String host = String.valueOf(url.getHost());
        return switch (fault) {
            case REFUSED ->
                Finding.fail(
                        "Nothing listens at " + ShownUrl.server(url) + ".",
                        "The app does not run, or runs on another port or machine.",
                        "Start it, or correct the URL. " + TUNNEL);
            case UNKNOWN_HOST ->
                Finding.fail(
                        "The name " + host + " is not known.",
                        "DNS has no address for it.",
                        "Correct the URL, or its DNS entry. " + TUNNEL);
            case TIMED_OUT ->
                Finding.fail(
                        "No whole answer came from " + ShownUrl.server(url) + " in time.",
                        "Svix waits 15 seconds, then counts the delivery as failed and sends it again.",
                        "Answer first and work afterwards; look for a firewall that drops connections.");
            case TLS ->
                Finding.fail(
                        "No connection by TLS to " + ShownUrl.server(url) + ".",
                        "Its certificate is not trusted, or it does not speak TLS at that port.",
                        "See what the check of the certificate says.");
            case BROKEN ->
                Finding.fail(
                        "The connection to " + ShownUrl.server(url) + " broke.",
                        "Something closed it before a whole answer of at most 1 MiB had come.",
                        "Look into the log of the app and of what stands before it.");
        };
    }

    /** What is wrong; null if status, headers and body tell of nothing wrong. */
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
                line("the allowlist is enforced, and this machine is not one of Svix's (source-not-allowed)"),
                "That is right for this machine. If Svix's own deliveries get it too, the receiver sees a proxy's address"
                        + " for theirs.",
                "Run this with the receiver's own CLERK_WEBHOOK_SIGNING_SECRET: a signed probe is answered from any address, and"
                        + " tells which one is seen and what to set. A receiver of an earlier version answers it with"
                        + " BELLHOP_IP_ALLOWLIST=observe only.");
    }

    /** Something answers at the same path with or without a slash at its end. */
    static Finding bySlash(URI url, URI slashed, ReceiverAnswer there) {
        return Finding.fail(
                ShownUrl.of(url) + " answers 404, and " + ShownUrl.of(slashed) + " answers " + there.status() + ".",
                "The two differ by a slash at the end: the route is at the second one.",
                "Give the Dashboard the URL " + ShownUrl.of(slashed));
    }

    private String line(String what) {
        return ShownUrl.of(url) + " answers " + answer.status() + ": " + what + ".";
    }
}
