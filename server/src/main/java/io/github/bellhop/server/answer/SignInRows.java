package io.github.bellhop.server.answer;

import static io.github.bellhop.server.answer.AnswerRule.between;
import static io.github.bellhop.server.answer.AnswerRule.on;

import io.github.bellhop.server.answer.AnswerRule.Signs;
import java.util.List;

/** Answers that require a sign-in, from Clerk's middleware, Spring Security, and logins in front of the app. */
final class SignInRows {
    private static final String SIGNED_OUT = "Deliveries have no session: their signature authenticates them.";
    private static final String CLERK_PUBLIC =
            "Make the route public: in clerkMiddleware(), use createRouteMatcher to call auth.protect() only for"
                    + " routes other than {path}.";
    private static final String SPRING_PUBLIC = "Permit the path and exempt it from CSRF protection:"
            + " requestMatchers(\"{path}\").permitAll() and csrf.ignoringRequestMatchers(\"{path}\"). Bellhop's"
            + " starter does this automatically.";
    private static final String LEAVE_OUT = "Exempt the path of the webhook.";

    /** Sources: the constants of @clerk/backend and the defaults of Spring Security. */
    static final List<AnswerRule> ALL = List.of(
            on(404).header("x-clerk-auth-reason", "protect-rewrite")
                    .means(
                            "clerk-protect",
                            "Clerk's middleware protects the route (x-clerk-auth-reason: protect-rewrite)",
                            "auth.protect() answers 404 to signed-out requests. The route itself may be right. "
                                    + SIGNED_OUT,
                            CLERK_PUBLIC),
            between(300, 399)
                    .target("/v1/client/handshake")
                    .means(
                            "clerk-handshake",
                            "Clerk's middleware starts a handshake for browsers",
                            "It treats the delivery as a browser's request without a session. " + SIGNED_OUT,
                            CLERK_PUBLIC),
            between(300, 399)
                    .header("x-clerk-auth-status", "^(signed-out|handshake)")
                    .means(
                            "clerk-sign-in",
                            "Clerk's middleware redirects to the sign-in page {to}",
                            "The route requires a sign-in. " + SIGNED_OUT + " Svix does not follow redirects.",
                            CLERK_PUBLIC),
            on(401, 403)
                    .header("x-clerk-auth-status", "^signed-out")
                    .means(
                            "clerk-signed-out",
                            "the app rejects requests that are signed out at Clerk (x-clerk-auth-status: signed-out)",
                            "The middleware or the handler requires a session. " + SIGNED_OUT,
                            CLERK_PUBLIC + " The handler must not require a session either."),
            on(404).header("x-clerk-auth-status", ".")
                    .means(
                            "clerk-not-found",
                            "the app has nothing at this path",
                            "Clerk's middleware let the delivery through (there is no protect-rewrite), but the"
                                    + " route is missing.",
                            "Compare the path with the file of the route, such as app/api/webhooks/clerk/route.ts,"
                                    + " and deploy the app."),
            on(400, 401, 403, 404, 405, 415, 422)
                    .body("\"clerk_trace_id\"")
                    .means(
                            "clerk-api",
                            "Clerk's own API answers, not the app",
                            "The URL belongs to Clerk, or to a proxy that leads to Clerk.",
                            "Use the address of the app's webhook."),
            between(300, 399)
                    .target("\\.cloudflareaccess\\.com/|/cdn-cgi/access/login")
                    .means(
                            "cloudflare-access",
                            "Cloudflare Access asks for a sign-in",
                            "The host is protected by an Access application. " + SIGNED_OUT,
                            "In Cloudflare Zero Trust, add an application for the path of the webhook with the"
                                    + " policy Bypass,"
                                    + " Everyone."),
            on(302, 401, 403)
                    .header("x-goog-iap-generated-response", "true")
                    .means(
                            "google-iap",
                            "Google's Identity-Aware Proxy asks for a sign-in",
                            "The service is behind IAP. " + SIGNED_OUT,
                            "Serve the webhook from a service or a backend without IAP."),
            on(401, 403)
                    .body("Your client does not have permission to get URL")
                    .means(
                            "cloud-run-private",
                            "Google Cloud rejects unauthenticated callers",
                            "The Cloud Run service or function accepts only authenticated calls. " + SIGNED_OUT,
                            "Allow unauthenticated invocations (roles/run.invoker for allUsers). The handler"
                                    + " verifies the signature."),
            ofSpring(on(403))
                    .means(
                            "spring-security-csrf",
                            "Spring Security rejects the delivery",
                            "CSRF protection"
                                    + " requires a token with every POST, or a rule denies the path. Deliveries have no token.",
                            SPRING_PUBLIC),
            ofSpring(on(401))
                    .means(
                            "spring-security",
                            "Spring Security asks for a sign-in",
                            "No rule permits the path. Spring also answers 401 if CSRF protection rejects the"
                                    + " delivery and /error requires a sign-in. " + SIGNED_OUT,
                            SPRING_PUBLIC),
            ofSpring(between(300, 399))
                    .target("/(login|oauth2/authorization)")
                    .means(
                            "spring-security-login",
                            "Spring Security redirects to the sign-in page {to}",
                            "No rule permits the path. " + SIGNED_OUT + " Svix does not follow redirects.",
                            SPRING_PUBLIC),
            on(401).header("www-authenticate", "^Basic")
                    .means(
                            "basic-auth",
                            "the server asks for a user name and a password (HTTP Basic)",
                            "The whole site is behind a password, as staging servers often are. " + SIGNED_OUT,
                            LEAVE_OUT + " In nginx: auth_basic off; in the location of the webhook."),
            on(401, 403)
                    .header("www-authenticate", "^Bearer")
                    .means(
                            "bearer-token",
                            "the server asks for a bearer token",
                            "The route requires an access token. Deliveries have none.",
                            LEAVE_OUT
                                    + " In Spring Security: permitAll for it, and no oauth2ResourceServer that"
                                    + " rejects it."),
            on(403, 419, 422)
                    .body("CSRF|InvalidAuthenticityToken|The change you wanted was rejected|<title>Page Expired")
                    .means(
                            "csrf",
                            "the app's CSRF protection rejects the delivery",
                            "The framework requires a token with every POST. Deliveries have none.",
                            "Exempt the route, with @csrf_exempt in Django, skip_forgery_protection in Rails, or"
                                    + " validateCsrfTokens(except: [...]) in Laravel."),
            between(300, 399)
                    .target("(?<![a-z])(sign-?in|log-?in|auth|sso|oauth2?|authorize)(?![a-z])")
                    .ofUnknownSender()
                    .means(
                            "redirect-sign-in",
                            "this is a redirect to {to}",
                            "The route requires a sign-in. Deliveries have no session, and Svix does not follow"
                                    + " redirects.",
                            "Make the route public: exempt it in the middleware (in clerkMiddleware: no"
                                    + " auth.protect() for it)."));

    private SignInRows() {}

    /** Matches the headers that Spring Security writes by default; few other servers write them in this form. */
    private static Signs ofSpring(Signs signs) {
        return signs.header("cache-control", "^no-cache, no-store, max-age=0, must-revalidate$")
                .header("expires", "^0$")
                .header("x-content-type-options", "^nosniff$");
    }
}
