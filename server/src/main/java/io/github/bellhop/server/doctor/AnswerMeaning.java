package io.github.bellhop.server.doctor;

import io.github.bellhop.server.settings.ShownUrl;
import java.net.URI;
import org.jspecify.annotations.Nullable;

/** What an answer of a receiver that does not take deliveries means. */
final class AnswerMeaning {
    private static final String TUNNEL =
            "If it is a tunnel's, its address may have changed: the Dashboard needs the new"
                    + " one, and bellhop dev needs none.";

    private final String check;
    private final URI url;
    private final ReceiverAnswer answer;

    AnswerMeaning(String check, URI url, ReceiverAnswer answer) {
        this.check = check;
        this.url = url;
        this.answer = answer;
    }

    /** Why there was no answer. */
    static Finding unanswered(String check, URI url, ReceiverAnswer.Fault fault) {
        String host = String.valueOf(url.getHost());
        return switch (fault) {
            case REFUSED ->
                Finding.fail(
                        check,
                        "Nothing listens at " + ShownUrl.server(url) + ".",
                        "The app does not run, or runs on another port or machine.",
                        "Start it, or correct the URL. " + TUNNEL);
            case UNKNOWN_HOST ->
                Finding.fail(
                        check,
                        "The name " + host + " is not known.",
                        "DNS has no address for it.",
                        "Correct the URL, or its DNS entry. " + TUNNEL);
            case TIMED_OUT ->
                Finding.fail(
                        check,
                        "No whole answer came from " + ShownUrl.server(url) + " in time.",
                        "Svix waits 15 seconds, then counts the delivery as failed and sends it again.",
                        "Answer first and work afterwards; look for a firewall that drops connections.");
            case TLS ->
                Finding.fail(
                        check,
                        "No connection by TLS to " + ShownUrl.server(url) + ".",
                        "Its certificate is not trusted, or it does not speak TLS at that port.",
                        "See what the check of the certificate says.");
            case BROKEN ->
                Finding.fail(
                        check,
                        "The connection to " + ShownUrl.server(url) + " broke.",
                        "Something closed it before a whole answer of at most 1 MiB had come.",
                        "Look into the log of the app and of what stands before it.");
        };
    }

    /** What is wrong; null when the status alone tells of nothing wrong. */
    @Nullable
    Finding judged() {
        int status = answer.status();
        if (status >= 300 && status < 400) {
            return redirect();
        }
        return switch (status) {
            case 401 -> signIn();
            case 403 -> answer.isSourceNotAllowed() ? notAllowed() : signIn();
            case 404 ->
                fail(
                        "there is nothing at this path",
                        "The path is another one, the app at this host is another one, or a tunnel leads to nothing.",
                        "Compare the path with the app's route (Bellhop's own is /api/webhooks/clerk, or bellhop.path). "
                                + TUNNEL);
            case 405 ->
                fail(
                        "the route takes no POST",
                        "It is a page, or a handler that exports GET alone.",
                        "Export a handler for POST at this path, or correct the URL.");
            case 415 ->
                fail(
                        "the route does not take application/json",
                        "Something in front wants another Content-Type; Svix sends application/json.",
                        "Let application/json through to the route.");
            default -> status >= 500 ? broken() : page();
        };
    }

    private Finding redirect() {
        String to = answer.headers()
                .firstValue("location")
                .map(location -> ShownUrl.of(url, location))
                .orElse(null);
        String target = to == null ? "" : " to " + to;
        boolean signIn = to != null && to.matches(".*(sign-?in|login|auth).*");
        return fail(
                "that is a redirect" + target,
                signIn
                        ? "The route asks for a sign-in. Deliveries come signed out, and Svix follows no redirect."
                        : "Svix follows no redirect: the delivery ends here. Usual causes are http instead of https,"
                                + " www. before the host, or a slash at the end.",
                signIn
                        ? "Make the route public: take it out of the middleware (clerkMiddleware: no auth.protect() for it)."
                        : "Give the Dashboard the final URL" + (to == null ? "." : ": " + to));
    }

    private Finding signIn() {
        return fail(
                "something in front of the route asks for a sign-in or refuses the sender",
                "Middleware, a login or a firewall comes before the handler. Deliveries come signed out: their signature"
                        + " is what proves them.",
                "Make the route public (clerkMiddleware: no auth.protect() for it; Spring Security: permitAll and no"
                        + " CSRF), and let it pass the firewall's challenge.");
    }

    private Finding notAllowed() {
        return Finding.warn(
                check,
                line("the allowlist is enforced, and this machine is not one of Svix's (source-not-allowed)"),
                "That is right for this machine. If Svix's own deliveries get it too, the receiver sees a proxy's address"
                        + " for theirs.",
                "Run this with the receiver's own CLERK_WEBHOOK_SIGNING_SECRET: a signed probe is answered from any address, and"
                        + " tells which one is seen and what to set. A receiver of an earlier version answers it with"
                        + " BELLHOP_IP_ALLOWLIST=observe only.");
    }

    private Finding broken() {
        if (answer.reason().equals("store-unavailable")) {
            return fail(
                    "the receiver cannot reach its database (store-unavailable)",
                    "It keeps a message before it answers. Svix sends it again, nothing is lost.",
                    "See what the check of the database says where the receiver runs.");
        }
        if (answer.status() == 502 || answer.status() == 504 || answer.status() == 530) {
            return fail(
                    "what stands in front gets no answer from the app",
                    "The app does not run, or the proxy or tunnel leads to another port.",
                    "Start the app, and compare the port with the proxy's. " + TUNNEL);
        }
        return fail(
                "the app breaks",
                "Its handler failed on a delivery that it should have refused with 400: often it parses before it"
                        + " verifies, or has no secret.",
                "Look into its log; CLERK_WEBHOOK_SIGNING_SECRET must be set where it runs.");
    }

    private @Nullable Finding page() {
        return answer.isPage()
                ? fail(
                        "a page in HTML comes back",
                        "Not the webhook answered, but a web page: the app's own for paths that it does not know, a"
                                + " sign-in, or a tunnel's warning.",
                        "Correct the path, and make the route public.")
                : null;
    }

    private Finding fail(String what, String why, String mend) {
        return Finding.fail(check, line(what), why, mend);
    }

    private String line(String what) {
        return ShownUrl.of(url) + " answers " + answer.status() + ": " + what + ".";
    }
}
