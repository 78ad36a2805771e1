package io.github.bellhop.server.answer;

import static io.github.bellhop.server.answer.AnswerRule.on;

import io.github.bellhop.server.answer.AnswerRule.Signs;
import java.util.List;

/** Answers that proxies write themselves: nginx, Apache, Caddy, Traefik and others. */
final class ProxyRows {
    private static final String COMPARE =
            "Start the app, and compare its address and port with the proxy's configuration.";

    static final List<AnswerRule> ALL = List.of(
            nginx(413)
                    .means(
                            "nginx-size",
                            "the delivery is larger than nginx accepts",
                            "client_max_body_size is smaller than the delivery (the default is 1 MB). The delivery"
                                    + " did not reach the app.",
                            "Set client_max_body_size to at least 1m in the location of the webhook."),
            apache(413)
                    .means(
                            "apache-size",
                            "the delivery is larger than Apache accepts",
                            "LimitRequestBody or SecRequestBodyLimit is smaller than the delivery. The delivery did"
                                    + " not reach the app.",
                            "Raise the limit for the path of the webhook."),
            nginx(502)
                    .means(
                            "nginx-no-app",
                            "nginx gets no answer from the app",
                            "The app is not running, or proxy_pass leads to another port or socket.",
                            COMPARE + " nginx's error.log names the address that it tried."),
            nginx(504)
                    .means(
                            "nginx-slow",
                            "the app did not answer nginx in time",
                            "The handler does its work before it answers, or the app's machine drops the connection.",
                            "Answer first and do the work afterwards. Compare the address in proxy_pass with the"
                                    + " app's."),
            nginx(503)
                    .means(
                            "nginx-limit",
                            "nginx itself rejects the delivery",
                            "A limit (limit_req, limit_conn) or a maintenance page is active.",
                            "Exempt the location of the webhook from it. Svix retries the delivery."),
            nginx(404, 405)
                    .means(
                            "nginx-files",
                            "nginx looks for a file at this path",
                            "No location routes the path to the app, so nginx looks for a static file, which does"
                                    + " not accept POST.",
                            "Add a location with proxy_pass for the path of the webhook, or correct the URL."),
            nginx(403)
                    .means(
                            "nginx-forbidden",
                            "nginx itself rejects the delivery",
                            "nginx's allow and deny directives, or a firewall module, block the sender's address.",
                            "Allow Svix's addresses in the location of the"
                                    + " webhook. docs/security.md says where Svix publishes them."),
            on(400).body("plain HTTP request was sent to HTTPS port")
                    .means(
                            "http-at-https",
                            "the URL begins with http, but the port expects https",
                            "The server accepts only TLS at this port.",
                            "Write https in the URL."),
            nginx(400)
                    .means(
                            "nginx-bad-request",
                            "nginx rejects the request as malformed",
                            "nginx cannot parse the request, because of the URL or a proxy in front of nginx.",
                            "Set the level of nginx's error_log to info. The log then names the cause."),
            apache(502, 503, 504)
                    .means(
                            "apache-no-app",
                            "Apache gets no answer from the app",
                            "The app is not running, or ProxyPass leads to another port.",
                            COMPARE + " Apache's error log names the address that it tried."),
            apache(403, 404, 405)
                    .means(
                            "apache-files",
                            "Apache itself answers, not the app",
                            "No ProxyPass routes the path to the app, or a Require directive blocks the sender.",
                            "Add a ProxyPass for the path of the webhook, or correct the URL."),
            on(502).header("server", "^Caddy")
                    .means(
                            "caddy-no-app",
                            "Caddy gets no answer from the app",
                            "The app is not running, or reverse_proxy leads to another port.",
                            COMPARE),
            on(404).body("^404 page not found\\s*$")
                    .means(
                            "traefik-no-route",
                            "a router (Traefik, or a Go program) has no route for this host or path",
                            "No rule matches the host and path, or the container with the rule is not running.",
                            "Compare the router's rule with the URL, and check that the container is running."),
            on(502, 504)
                    .body("^(Bad Gateway|Gateway Timeout)\\s*$")
                    .means(
                            "traefik-no-app",
                            "the router (Traefik or similar) gets no answer from the app",
                            "The app is not running, or the router leads to another port.",
                            COMPARE),
            on(503).body("no available server|upstream connect error|no healthy upstream")
                    .means(
                            "router-no-app",
                            "the router in front of the app has no running instance to forward to",
                            "Every instance is down or fails its health check.",
                            COMPARE));

    private ProxyRows() {}

    /** nginx's own pages end with its name, even if another server sets the header {@code Server}. */
    private static Signs nginx(int... statuses) {
        return on(statuses).body("<center>(nginx|openresty)");
    }

    private static Signs apache(int... statuses) {
        return on(statuses)
                .header("server", "^Apache")
                .body("<!DOCTYPE HTML PUBLIC \"-//IETF//DTD HTML 2\\.0|<address>Apache");
    }
}
