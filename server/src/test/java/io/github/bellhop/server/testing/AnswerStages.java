package io.github.bellhop.server.testing;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Example answers exactly as their senders write them, each with the expected explanation. */
public final class AnswerStages {
    private static final String NGINX =
            "<html>\r\n<head><title>%1$s</title></head>\r\n<body>\r\n<center><h1>%1$s</h1></center>\r\n"
                    + "<hr><center>nginx/1.27.3</center>\r\n</body>\r\n</html>\r\n";
    private static final String APACHE =
            "<!DOCTYPE HTML PUBLIC \"-//IETF//DTD HTML 2.0//EN\">\n<html><head>\n<title>%1$s</title>\n"
                    + "</head><body>\n<h1>%1$s</h1>\n<hr>\n<address>Apache/2.4.62 (Debian) Server at app.example.com"
                    + " Port 443</address>\n"
                    + "</body></html>\n";
    private static final Map<String, String> NGINX_HEADERS =
            Map.of("Server", "nginx/1.27.3", "Content-Type", "text/html");
    private static final Map<String, String> APACHE_HEADERS =
            Map.of("Server", "Apache/2.4.62 (Debian)", "Content-Type", "text/html; charset=iso-8859-1");
    private static final Map<String, String> NONE = Map.of();

    private AnswerStages() {}

    /**
     * One example answer.
     *
     * @param id      the id of the row that must match
     * @param words   the words that the explanation must contain
     */
    public record Stage(String id, int status, Map<String, String> headers, String body, List<String> words) {
        @Override
        public String toString() {
            return id + " " + status;
        }
    }

    static Stage stage(String id, int status, Map<String, String> headers, String body, String... words) {
        return new Stage(id, status, headers, body, List.of(words));
    }

    private static Map<String, String> clerk(String status, String reason) {
        return Map.of("X-Clerk-Auth-Status", status, "X-Clerk-Auth-Reason", reason);
    }

    private static Map<String, String> clerk(String status, String reason, String location) {
        return Map.of("X-Clerk-Auth-Status", status, "X-Clerk-Auth-Reason", reason, "Location", location);
    }

    private static Map<String, String> spring(String name, String value) {
        return Map.of(
                "X-Content-Type-Options",
                "nosniff",
                "X-XSS-Protection",
                "0",
                "Cache-Control",
                "no-cache, no-store, max-age=0, must-revalidate",
                "Pragma",
                "no-cache",
                "Expires",
                "0",
                "X-Frame-Options",
                "DENY",
                name,
                value);
    }

    static Map<String, String> location(String target) {
        return Map.of("Location", target);
    }

    /** All example answers. */
    public static List<Stage> all() {
        return Stream.of(HostedStages.tunnels(), HostedStages.hosts(), signIns(), apps(), proxies(), statuses())
                .flatMap(List::stream)
                .toList();
    }

    private static List<Stage> signIns() {
        return List.of(
                stage(
                        "clerk-protect",
                        404,
                        clerk("signed-out", "protect-rewrite, dev-browser-missing"),
                        "<!DOCTYPE html><title>404",
                        "protect-rewrite",
                        "createRouteMatcher"),
                stage(
                        "clerk-handshake",
                        307,
                        clerk(
                                "handshake",
                                "dev-browser-missing",
                                "https://calm-fox-1.clerk.accounts.dev/v1/client/handshake?redirect_url=k33p"),
                        "",
                        "handshake for browsers",
                        "createRouteMatcher"),
                stage(
                        "clerk-sign-in",
                        307,
                        clerk("signed-out", "session-token-and-uat-missing", "/welcome?redirect_url=k33p"),
                        "",
                        "Clerk's middleware redirects",
                        "/welcome"),
                stage(
                        "clerk-signed-out",
                        401,
                        clerk("signed-out", "session-token-and-uat-missing"),
                        "Unauthorized",
                        "signed out at Clerk",
                        "session"),
                stage(
                        "clerk-not-found",
                        404,
                        clerk("signed-out", "session-token-and-uat-missing"),
                        "<!DOCTYPE html>",
                        "let the delivery through",
                        "route is missing"),
                stage(
                        "clerk-api",
                        404,
                        Map.of("Content-Type", "application/json"),
                        "{\"errors\":[{\"message\":\"not"
                                + " found\",\"code\":\"resource_not_found\"}],\"clerk_trace_id\":\"k33p\"}",
                        "Clerk's own API"),
                stage(
                        "cloudflare-access",
                        302,
                        location("https://acme.cloudflareaccess.com/cdn-cgi/access/login/app.example.com?kid=k33p"),
                        "",
                        "Cloudflare Access",
                        "Bypass"),
                stage(
                        "google-iap",
                        302,
                        Map.of(
                                "X-Goog-IAP-Generated-Response",
                                "true",
                                "Location",
                                "https://accounts.google.com/o/oauth2/v2/auth?k33p"),
                        "",
                        "Identity-Aware Proxy"),
                stage(
                        "cloud-run-private",
                        403,
                        Map.of("Server", "Google Frontend"),
                        "<h2>Your client does not have permission to get URL <code>/api</code> from this server.</h2>",
                        "unauthenticated invocations"),
                stage(
                        "spring-security-csrf",
                        403,
                        spring("Content-Type", "application/json"),
                        "{\"timestamp\":\"2026-11-30T10:00:00.000Z\",\"status\":403,\"error\":\"Forbidden\",\"path\":\"/api/webhooks/clerk\"}",
                        "Spring Security",
                        "CSRF",
                        "permitAll"),
                stage(
                        "spring-security",
                        401,
                        spring("WWW-Authenticate", "Basic realm=\"Realm\""),
                        "",
                        "Spring Security",
                        "permitAll"),
                stage("spring-security-login", 302, spring("Location", "/login"), "", "Spring Security", "permitAll"),
                stage(
                        "basic-auth",
                        401,
                        Map.of("WWW-Authenticate", "Basic realm=\"Staging\"", "Server", "nginx"),
                        "",
                        "HTTP Basic",
                        "auth_basic off"),
                stage("bearer-token", 401, Map.of("WWW-Authenticate", "Bearer"), "", "bearer token"),
                stage(
                        "csrf",
                        403,
                        NONE,
                        "<h1>Forbidden</h1><p>CSRF verification failed. Request aborted.</p>",
                        "CSRF",
                        "@csrf_exempt"),
                stage(
                        "redirect-sign-in",
                        307,
                        location("/sign-in?redirect_url=k33p"),
                        "",
                        "requires a sign-in",
                        "/sign-in"));
    }

    private static List<Stage> apps() {
        return List.of(
                stage("store-unavailable", 503, NONE, "{\"status\":503,\"reason\":\"store-unavailable\"}", "database"),
                stage("bellhop-busy", 503, NONE, "{\"status\":503,\"reason\":\"budget-used-up\"}", "busy"),
                stage("bellhop-size", 413, NONE, "{\"status\":413,\"reason\":\"body-too-large\"}", "1 MB"),
                stage(
                        "app-without-secret",
                        500,
                        NONE,
                        "Missing webhook signing secret. Set the CLERK_WEBHOOK_SIGNING_SECRET environment variable",
                        "no signing secret"),
                stage(
                        "host-not-allowed",
                        403,
                        NONE,
                        "Blocked request. This host (\"x.ngrok.app\") is not allowed.",
                        "allowedHosts"),
                stage(
                        "spring-not-found",
                        404,
                        Map.of("Content-Type", "application/json"),
                        "{\"timestamp\":\"2026-11-30T10:00:00.000Z\",\"status\":404,\"error\":\"Not"
                                + " Found\",\"path\":\"/api\"}",
                        "Spring app",
                        "context-path"),
                stage(
                        "tomcat-not-found",
                        404,
                        Map.of("Content-Type", "text/html;charset=utf-8"),
                        "<!doctype html><html lang=\"en\"><head><title>HTTP Status 404 \u2013 Not Found</title>",
                        "Tomcat",
                        "context path"),
                stage(
                        "next-not-found",
                        404,
                        Map.of("X-Powered-By", "Next.js", "Content-Type", "text/html"),
                        "<!DOCTYPE html>",
                        "Next.js",
                        "route.ts"),
                stage(
                        "next-not-found",
                        404,
                        Map.of("Server", "Vercel", "x-matched-path", "/404"),
                        "<!DOCTYPE html>",
                        "Next.js"),
                stage(
                        "next-no-post",
                        405,
                        Map.of("X-Powered-By", "Next.js"),
                        "",
                        "without POST",
                        "export async function POST"),
                stage(
                        "next-no-post",
                        405,
                        Map.of("Server", "Vercel", "x-matched-path", "/api/webhooks"),
                        "",
                        "without POST"),
                stage(
                        "express-not-found",
                        404,
                        Map.of("X-Powered-By", "Express"),
                        "<pre>Cannot POST /api/webhooks/clerk</pre>",
                        "no route for POST"),
                stage(
                        "app-size",
                        413,
                        Map.of("X-Powered-By", "Express"),
                        "<pre>PayloadTooLargeError: request entity too large</pre>",
                        "body parser",
                        "limit"));
    }

    private static List<Stage> proxies() {
        return List.of(
                stage(
                        "nginx-size",
                        413,
                        NGINX_HEADERS,
                        NGINX.formatted("413 Request Entity Too Large"),
                        "client_max_body_size"),
                stage(
                        "apache-size",
                        413,
                        APACHE_HEADERS,
                        APACHE.formatted("413 Request Entity Too Large"),
                        "LimitRequestBody"),
                stage("nginx-no-app", 502, NGINX_HEADERS, NGINX.formatted("502 Bad Gateway"), "proxy_pass"),
                stage("nginx-slow", 504, NGINX_HEADERS, NGINX.formatted("504 Gateway Time-out"), "in time"),
                stage(
                        "nginx-limit",
                        503,
                        NGINX_HEADERS,
                        NGINX.formatted("503 Service Temporarily Unavailable"),
                        "limit_req"),
                stage("nginx-files", 405, NGINX_HEADERS, NGINX.formatted("405 Not Allowed"), "looks for a file"),
                stage("nginx-forbidden", 403, NGINX_HEADERS, NGINX.formatted("403 Forbidden"), "allow and deny"),
                stage(
                        "http-at-https",
                        400,
                        NGINX_HEADERS,
                        NGINX.formatted("400 The plain HTTP request was sent to HTTPS port"),
                        "Write https"),
                stage("nginx-bad-request", 400, NGINX_HEADERS, NGINX.formatted("400 Bad Request"), "malformed"),
                stage("apache-no-app", 503, APACHE_HEADERS, APACHE.formatted("503 Service Unavailable"), "ProxyPass"),
                stage("apache-files", 404, APACHE_HEADERS, APACHE.formatted("404 Not Found"), "ProxyPass"),
                stage("caddy-no-app", 502, Map.of("Server", "Caddy"), "", "reverse_proxy"),
                stage(
                        "traefik-no-route",
                        404,
                        Map.of("Content-Type", "text/plain; charset=utf-8"),
                        "404 page not found\n",
                        "Traefik"),
                stage("traefik-no-app", 502, NONE, "Bad Gateway", "Traefik"),
                stage("router-no-app", 503, NONE, "no available server\n", "no running instance"));
    }

    private static List<Stage> statuses() {
        return List.of(
                stage(
                        "redirect-slash",
                        308,
                        location("/api/webhooks/clerk/"),
                        "",
                        "differs by a trailing slash",
                        "final URL"),
                stage(
                        "redirect-https",
                        301,
                        location("https://127.0.0.1/api/webhooks/clerk"),
                        "",
                        "from http to https"),
                stage(
                        "redirect",
                        302,
                        location("https://author.example.com/hook?x=k33p"),
                        "",
                        "https://author.example.com/hook",
                        "final URL"),
                stage("redirect", 302, NONE, "", "final URL"),
                stage("refused", 401, NONE, "", "Make the route public"),
                stage("refused", 403, NONE, "", "firewall"),
                stage("not-found", 404, NONE, "", "nothing at this path"),
                stage("no-post", 405, NONE, "", "handler for POST"),
                stage("size", 413, NONE, "", "size limit"),
                stage("content-type", 415, NONE, "", "application/json"),
                stage("rate-limit", 429, Map.of("Retry-After", "30"), "", "30 seconds", "Svix retries"),
                stage("rate-limit", 429, Map.of("Retry-After", "soon"), "", "too many deliveries"),
                stage("no-app", 502, NONE, "", "no answer from the app"),
                stage("unavailable", 503, NONE, "", "is unavailable"),
                stage("app-breaks", 500, NONE, "", "parses before it verifies"),
                stage("page", 200, Map.of("Content-Type", "text/html"), "<p>", "HTML page"));
    }
}
