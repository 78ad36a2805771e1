package io.github.bellhop.server.answer;

import static io.github.bellhop.server.answer.AnswerRule.between;
import static io.github.bellhop.server.answer.AnswerRule.on;

import java.util.List;

/** What a status means if nothing in the answer identifies its sender. */
final class StatusRows {
    /** What to do if the address may belong to a tunnel. */
    static final String TUNNEL = "If this is a tunnel, its address may have changed: enter the new one in the Clerk"
            + " Dashboard. bellhop dev needs no tunnel.";

    private static final String NO_REDIRECT = "Svix does not follow redirects, so the delivery fails. ";
    private static final String FINAL_URL = "Enter the final URL in the Clerk Dashboard: {to}";
    private static final String PAGE = "the answer is an HTML page";
    private static final String PAGE_WHY =
            "A web page answered, not the webhook: the app's page for unknown paths, a sign-in page, or a tunnel's"
                    + " warning page.";
    private static final String PAGE_FIX = "Correct the path, and make the route public.";
    private static final String LATER = "Svix retries the delivery. Exempt the path of the webhook from the limit,"
            + " or raise the limit: Clerk sends many deliveries at once after bulk changes.";

    static final List<AnswerRule> ALL = List.of(
            between(300, 399)
                    .and(HttpAnswer::isRedirectBySlash)
                    .ofUnknownSender()
                    .means(
                            "redirect-slash",
                            "this is a redirect to {to}, which differs by a trailing slash",
                            NO_REDIRECT + "The app and the Dashboard use different forms of the path.",
                            FINAL_URL),
            between(300, 399)
                    .and(HttpAnswer::isRedirectToHttps)
                    .ofUnknownSender()
                    .means(
                            "redirect-https",
                            "this is a redirect to {to}, from http to https",
                            NO_REDIRECT + "The host accepts only https.",
                            FINAL_URL),
            between(300, 399)
                    .and(HttpAnswer::isRedirectByWww)
                    .ofUnknownSender()
                    .means(
                            "redirect-www",
                            "this is a redirect to {to}, which adds or removes www.",
                            NO_REDIRECT + "The site and the Dashboard use different forms of the host name.",
                            FINAL_URL),
            between(300, 399)
                    .header("location", ".")
                    .and(answer -> answer.target() != null)
                    .ofUnknownSender()
                    .means(
                            "redirect",
                            "this is a redirect to {to}",
                            NO_REDIRECT
                                    + "Usual causes are http instead of https, www. before the host name, or a trailing"
                                    + " slash.",
                            FINAL_URL),
            between(300, 399)
                    .means(
                            "redirect",
                            "this is a redirect",
                            NO_REDIRECT
                                    + "Usual causes are http instead of https, www. before the host name, or a trailing"
                                    + " slash.",
                            "Enter the final URL in the Clerk Dashboard."),
            on(401, 403)
                    .means(
                            "refused",
                            "something in front of the route requires a sign-in or rejects the sender",
                            "Middleware, a login or a firewall is in front of the handler. Deliveries have no"
                                    + " session: their signature authenticates them.",
                            "Make the route public (clerkMiddleware: no auth.protect() for it; Spring Security:"
                                    + " permitAll and"
                                    + " no CSRF), and exempt it from the firewall's challenge."),
            on(404).means(
                            "not-found",
                            "there is nothing at this path",
                            "The path is wrong, another app runs at this host, or a tunnel leads nowhere.",
                            "Compare the path with the app's route (Bellhop's is bellhop.path, by default"
                                    + " /api/webhooks/clerk). "
                                    + TUNNEL),
            on(405).means(
                            "no-post",
                            "the route does not accept POST",
                            "It is a page, or its handler accepts only GET.",
                            "Export a handler for POST at this path, or correct the URL."),
            on(413).means(
                            "size",
                            "the delivery exceeds the size limit of the app or of a proxy in front of it",
                            "A proxy or the app's body parser has a limit below the size of the delivery.",
                            "Raise the limits of the proxy and the app to 1 MB for this path."),
            on(415).means(
                            "content-type",
                            "the route does not accept application/json",
                            "The app, or a proxy in front of it, expects another content type. Svix sends"
                                    + " application/json.",
                            "Allow application/json for the route."),
            on(429).header("retry-after", "^[0-9]{1,7}$")
                    .ofUnknownSender()
                    .means(
                            "rate-limit",
                            "too many deliveries in a short time; the next one is accepted in {retry-after} seconds",
                            "The app, or something in front of it, limits the number of requests per sender.",
                            LATER),
            on(429).means(
                            "rate-limit",
                            "too many deliveries in a short time",
                            "The app, or something in front of it, limits the number of requests per sender.",
                            LATER),
            on(502, 504, 521, 522, 523, 525, 526, 530)
                    .means(
                            "no-app",
                            "the proxy or tunnel gets no answer from the app",
                            "The app is not running, or the proxy or tunnel leads to another port.",
                            "Start the app, and compare the port with the proxy's. " + TUNNEL),
            on(503).means(
                            "unavailable",
                            "the app, or a proxy in front of it, is unavailable",
                            "It is starting, overloaded or down for maintenance, or the proxy has no running app to"
                                    + " forward to.",
                            "Check that the app is running, and read its log. Svix retries the delivery."),
            between(500, 599)
                    .means(
                            "app-breaks",
                            "the app failed",
                            "Its handler failed on a delivery that it should have rejected with"
                                    + " 400. Often it parses before it verifies the signature, or has no secret.",
                            "Read the app's log, and set CLERK_WEBHOOK_SIGNING_SECRET where it runs."),
            on(200, 201, 202, 203, 204)
                    .and(HttpAnswer::isPage)
                    .ofUnknownSender()
                    .means("page", PAGE, PAGE_WHY, PAGE_FIX));

    private StatusRows() {}
}
