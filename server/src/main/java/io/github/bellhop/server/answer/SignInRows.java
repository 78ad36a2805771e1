package io.github.bellhop.server.answer;

import static io.github.bellhop.server.answer.AnswerRule.between;
import static io.github.bellhop.server.answer.AnswerRule.on;

import io.github.bellhop.server.answer.AnswerRule.Signs;
import java.util.List;

/** Answers of what asks for a sign-in: Clerk's own middleware, Spring Security, and sign-ins before the app. */
final class SignInRows {
    private static final String SIGNED_OUT = "Deliveries come signed out: their signature is what proves them.";
    private static final String CLERK_PUBLIC =
            "Make the route public: call auth.protect() in clerkMiddleware() for other"
                    + " routes alone (createRouteMatcher), and leave {path} out.";
    private static final String SPRING_PUBLIC = "Permit the path and leave it out of CSRF protection:"
            + " requestMatchers(\"{path}\").permitAll() and csrf.ignoringRequestMatchers(\"{path}\"). Bellhop's starter does"
            + " this by itself.";
    private static final String LEAVE_OUT = "Leave the path of the webhook out of it.";

    /** See the constants of @clerk/backend and the defaults of Spring Security. */
    static final List<AnswerRule> ALL = List.of(
            on(404).header("x-clerk-auth-reason", "protect-rewrite")
                    .means(
                            "clerk-protect",
                            "Clerk's middleware protects the route (x-clerk-auth-reason: protect-rewrite)",
                            "auth.protect() answers 404 to who is signed out. The route itself may be right. "
                                    + SIGNED_OUT,
                            CLERK_PUBLIC),
            between(300, 399)
                    .target("/v1/client/handshake")
                    .means(
                            "clerk-handshake",
                            "Clerk's middleware begins a handshake for browsers",
                            "It takes the delivery for a browser that it does not know. " + SIGNED_OUT,
                            CLERK_PUBLIC),
            between(300, 399)
                    .header("x-clerk-auth-status", "^(signed-out|handshake)")
                    .means(
                            "clerk-sign-in",
                            "Clerk's middleware redirects to the sign-in, to {to}",
                            "The route asks for a sign-in. " + SIGNED_OUT + " Svix follows no redirect.",
                            CLERK_PUBLIC),
            on(401, 403)
                    .header("x-clerk-auth-status", "^signed-out")
                    .means(
                            "clerk-signed-out",
                            "the app refuses who is signed out at Clerk (x-clerk-auth-status: signed-out)",
                            "The middleware or the handler asks for a session. " + SIGNED_OUT,
                            CLERK_PUBLIC + " The handler must not ask for a session either."),
            on(404).header("x-clerk-auth-status", ".")
                    .means(
                            "clerk-not-found",
                            "the app has nothing at this path",
                            "Clerk's middleware let the delivery through (it does not say protect-rewrite); the route is"
                                    + " missing.",
                            "Compare the path with the file of the route, such as app/api/webhooks/clerk/route.ts, and"
                                    + " deploy it."),
            on(400, 401, 403, 404, 405, 415, 422)
                    .body("\"clerk_trace_id\"")
                    .means(
                            "clerk-api",
                            "Clerk's own API answers, not the app",
                            "The URL is an address of Clerk, or of a proxy that leads to Clerk.",
                            "Give the address of the app's webhook."),
            between(300, 399)
                    .target("\\.cloudflareaccess\\.com/|/cdn-cgi/access/login")
                    .means(
                            "cloudflare-access",
                            "Cloudflare Access asks for a sign-in",
                            "The host is behind an Access application. " + SIGNED_OUT,
                            "In Cloudflare Zero Trust, add an application for the path of the webhook with the policy Bypass,"
                                    + " Everyone."),
            on(302, 401, 403)
                    .header("x-goog-iap-generated-response", "true")
                    .means(
                            "google-iap",
                            "Google's Identity-Aware Proxy asks for a sign-in",
                            "The service is behind IAP. " + SIGNED_OUT,
                            "Take the webhook to a service or a backend without IAP."),
            on(401, 403)
                    .body("Your client does not have permission to get URL")
                    .means(
                            "cloud-run-private",
                            "Google Cloud refuses callers without an identity",
                            "The Cloud Run service or function takes authenticated calls alone. " + SIGNED_OUT,
                            "Allow unauthenticated invocations (roles/run.invoker for allUsers): the handler verifies."),
            ofSpring(on(403))
                    .means(
                            "spring-security-csrf",
                            "Spring Security refuses the delivery",
                            "CSRF protection wants a token with every POST, or a rule denies the path. Deliveries have no token.",
                            SPRING_PUBLIC),
            ofSpring(on(401))
                    .means(
                            "spring-security",
                            "Spring Security asks for a sign-in",
                            "No rule permits the path. It also answers 401 if CSRF protection refuses the delivery and /error"
                                    + " asks for a sign-in. " + SIGNED_OUT,
                            SPRING_PUBLIC),
            ofSpring(between(300, 399))
                    .target("/(login|oauth2/authorization)")
                    .means(
                            "spring-security-login",
                            "Spring Security redirects to its sign-in, to {to}",
                            "No rule permits the path. " + SIGNED_OUT + " Svix follows no redirect.",
                            SPRING_PUBLIC),
            on(401).header("www-authenticate", "^Basic")
                    .means(
                            "basic-auth",
                            "the server asks for a user name and a password (HTTP Basic)",
                            "A password for the whole site, as for a staging server, stands in front. " + SIGNED_OUT,
                            LEAVE_OUT + " In nginx: auth_basic off; in the location of the webhook."),
            on(401, 403)
                    .header("www-authenticate", "^Bearer")
                    .means(
                            "bearer-token",
                            "the server asks for a bearer token",
                            "The route is among those that ask for an access token. Deliveries have none.",
                            LEAVE_OUT
                                    + " Spring Security: permitAll for it, and no oauth2ResourceServer that refuses it."),
            on(403, 419, 422)
                    .body("CSRF|InvalidAuthenticityToken|The change you wanted was rejected|<title>Page Expired")
                    .means(
                            "csrf",
                            "the app's CSRF protection refuses the delivery",
                            "The framework wants a token with every POST. Deliveries have none.",
                            "Leave the route out: in Django @csrf_exempt, in Rails skip_forgery_protection, in Laravel"
                                    + " validateCsrfTokens(except: [...])."),
            between(300, 399)
                    .target("(?<![a-z])(sign-?in|log-?in|auth|sso|oauth2?|authorize)(?![a-z])")
                    .ofUnknownSender()
                    .means(
                            "redirect-sign-in",
                            "that is a redirect to {to}",
                            "The route asks for a sign-in. Deliveries come signed out, and Svix follows no redirect.",
                            "Make the route public: take it out of the middleware (clerkMiddleware: no auth.protect() for"
                                    + " it)."));

    private SignInRows() {}

    /** The headers that Spring Security writes by default and hardly anybody else in this form. */
    private static Signs ofSpring(Signs signs) {
        return signs.header("cache-control", "^no-cache, no-store, max-age=0, must-revalidate$")
                .header("expires", "^0$")
                .header("x-content-type-options", "^nosniff$");
    }
}
