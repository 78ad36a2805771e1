package io.github.bellhop.server.answer;

import static io.github.bellhop.server.answer.AnswerRule.between;
import static io.github.bellhop.server.answer.AnswerRule.on;

import java.util.List;

/** What a status alone means, where nothing in the answer names its sender. */
final class StatusRows {
    /** What to do if the address may be a tunnel's. */
    static final String TUNNEL = "If it is a tunnel's, its address may have changed: the Dashboard needs the new"
            + " one, and bellhop dev needs none.";

    private static final String NO_REDIRECT = "Svix follows no redirect: the delivery ends here. ";
    private static final String FINAL_URL = "Give the Dashboard the final URL: {to}";
    private static final String PAGE = "a page in HTML comes back";
    private static final String PAGE_WHY =
            "A web page answered, not the webhook: the app's own for paths that it does not"
                    + " know, a sign-in, or a tunnel's warning.";
    private static final String PAGE_FIX = "Correct the path, and make the route public.";
    private static final String LATER = "Svix retries the delivery. Leave the path of the webhook out of the limit, or"
            + " raise it: Clerk sends many deliveries at once when much changes.";

    static final List<AnswerRule> ALL = List.of(
            between(300, 399)
                    .and(HttpAnswer::isRedirectBySlash)
                    .ofUnknownSender()
                    .means(
                            "redirect-slash",
                            "that is a redirect to {to}, which differs by a slash at the end",
                            NO_REDIRECT + "The app has one form of the path, the Dashboard the other.",
                            FINAL_URL),
            between(300, 399)
                    .and(HttpAnswer::isRedirectToHttps)
                    .ofUnknownSender()
                    .means(
                            "redirect-https",
                            "that is a redirect to {to}, from http to https",
                            NO_REDIRECT + "The host takes https alone.",
                            FINAL_URL),
            between(300, 399)
                    .and(HttpAnswer::isRedirectByWww)
                    .ofUnknownSender()
                    .means(
                            "redirect-www",
                            "that is a redirect to {to}, which differs by www.",
                            NO_REDIRECT + "The site has one form of the host, the Dashboard the other.",
                            FINAL_URL),
            between(300, 399)
                    .header("location", ".")
                    .and(answer -> answer.target() != null)
                    .ofUnknownSender()
                    .means(
                            "redirect",
                            "that is a redirect to {to}",
                            NO_REDIRECT
                                    + "Usual causes are http instead of https, www. before the host, or a slash at the"
                                    + " end.",
                            FINAL_URL),
            between(300, 399)
                    .means(
                            "redirect",
                            "that is a redirect",
                            NO_REDIRECT
                                    + "Usual causes are http instead of https, www. before the host, or a slash at the"
                                    + " end.",
                            "Give the Dashboard the final URL."),
            on(401, 403)
                    .means(
                            "refused",
                            "something in front of the route asks for a sign-in or refuses the sender",
                            "Middleware, a login or a firewall comes before the handler. Deliveries come signed out: their"
                                    + " signature is what proves them.",
                            "Make the route public (clerkMiddleware: no auth.protect() for it; Spring Security: permitAll and"
                                    + " no CSRF), and let it pass the firewall's challenge."),
            on(404).means(
                            "not-found",
                            "there is nothing at this path",
                            "The path is another one, the app at this host is another one, or a tunnel leads to nothing.",
                            "Compare the path with the app's route (Bellhop's own is /api/webhooks/clerk, or bellhop.path). "
                                    + TUNNEL),
            on(405).means(
                            "no-post",
                            "the route takes no POST",
                            "It is a page, or a handler that exports GET alone.",
                            "Export a handler for POST at this path, or correct the URL."),
            on(413).means(
                            "size",
                            "the delivery is larger than something on the way takes",
                            "A proxy or the app's body parser has a limit below the size of the delivery.",
                            "Raise the limit of the proxy and of the app to 1 MB for this path."),
            on(415).means(
                            "content-type",
                            "the route does not take application/json",
                            "Something in front wants another Content-Type; Svix sends application/json.",
                            "Let application/json through to the route."),
            on(429).header("retry-after", "^[0-9]{1,7}$")
                    .ofUnknownSender()
                    .means(
                            "rate-limit",
                            "too many deliveries in a short time, it wants none for {retry-after} seconds",
                            "The app or something in front limits how often one sender may ask.",
                            LATER),
            on(429).means(
                            "rate-limit",
                            "too many deliveries in a short time",
                            "The app or something in front limits how often one sender may ask.",
                            LATER),
            on(502, 504, 521, 522, 523, 525, 526, 530)
                    .means(
                            "no-app",
                            "what stands in front gets no answer from the app",
                            "The app does not run, or the proxy or tunnel leads to another port.",
                            "Start the app, and compare the port with the proxy's. " + TUNNEL),
            on(503).means(
                            "unavailable",
                            "the app, or what stands in front, takes nothing now",
                            "It starts, is overloaded, is down for maintenance, or the proxy knows no running app.",
                            "Look whether the app runs, and into its log. Svix retries the delivery."),
            between(500, 599)
                    .means(
                            "app-breaks",
                            "the app breaks",
                            "Its handler failed on a delivery that it should have refused with 400: often it parses before it"
                                    + " verifies, or has no secret.",
                            "Look into its log; CLERK_WEBHOOK_SIGNING_SECRET must be set where it runs."),
            on(200, 201, 202, 203, 204)
                    .and(HttpAnswer::isPage)
                    .ofUnknownSender()
                    .means("page", PAGE, PAGE_WHY, PAGE_FIX));

    private StatusRows() {}
}
