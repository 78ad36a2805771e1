package io.github.bellhop.server.answer;

import static io.github.bellhop.server.answer.AnswerRule.on;

import io.github.bellhop.server.answer.AnswerRule.Signs;
import java.util.List;

/** Answers that nginx, Apache, Caddy, Traefik and other proxies write themselves. */
final class ProxyRows {
    private static final String COMPARE =
            "Start the app, and compare its address and port with the proxy's" + " configuration.";

    static final List<AnswerRule> ALL = List.of(
            nginx(413)
                    .means(
                            "nginx-size",
                            "the delivery is larger than nginx lets through",
                            "client_max_body_size is smaller than the delivery (nginx takes 1 MB unless told otherwise; some"
                                    + " set less). The app never saw it.",
                            "Set client_max_body_size 1m; or more in the location of the webhook."),
            apache(413)
                    .means(
                            "apache-size",
                            "the delivery is larger than Apache lets through",
                            "LimitRequestBody or SecRequestBodyLimit is smaller than the delivery. The app never saw it.",
                            "Raise the limit for the path of the webhook."),
            nginx(502)
                    .means(
                            "nginx-no-app",
                            "nginx gets no answer from the app",
                            "The app does not run, or proxy_pass leads to another port or socket.",
                            COMPARE + " nginx's error.log names what it tried."),
            nginx(504)
                    .means(
                            "nginx-slow",
                            "the app did not answer nginx in time",
                            "The handler works before it answers, or the app's machine drops the connection.",
                            "Answer first and work afterwards; compare the address in proxy_pass with the app's."),
            nginx(503)
                    .means(
                            "nginx-limit",
                            "nginx refuses the delivery itself",
                            "A limit (limit_req, limit_conn) or a page for maintenance is in force.",
                            "Leave the location of the webhook out of it. Svix retries the delivery."),
            nginx(404, 405)
                    .means(
                            "nginx-files",
                            "nginx looks for a file at this path",
                            "No location leads the path to the app, so nginx takes it for a file, which takes no POST.",
                            "Add a location with proxy_pass for the path of the webhook, or correct the URL."),
            nginx(403)
                    .means(
                            "nginx-forbidden",
                            "nginx refuses the delivery itself",
                            "allow and deny, or a firewall module, keep the sender's address out.",
                            "Let Svix's addresses in for the location of the webhook; docs/security.md names their list."),
            on(400).body("plain HTTP request was sent to HTTPS port")
                    .means(
                            "http-at-https",
                            "the URL says http, and the port speaks https",
                            "The server at this port takes TLS alone.",
                            "Write https in the URL."),
            nginx(400)
                    .means(
                            "nginx-bad-request",
                            "nginx refuses the request as malformed",
                            "A proxy before it, or the URL, makes a request that nginx does not read.",
                            "nginx's error.log at the level info names the cause."),
            apache(502, 503, 504)
                    .means(
                            "apache-no-app",
                            "Apache gets no answer from the app",
                            "The app does not run, or ProxyPass leads to another port.",
                            COMPARE + " Apache's error log names what it tried."),
            apache(403, 404, 405)
                    .means(
                            "apache-files",
                            "Apache answers for itself, not for the app",
                            "No ProxyPass leads the path to the app, or Require keeps the sender out.",
                            "Add ProxyPass for the path of the webhook, or correct the URL."),
            on(502).header("server", "^Caddy")
                    .means(
                            "caddy-no-app",
                            "Caddy gets no answer from the app",
                            "The app does not run, or reverse_proxy leads to another port.",
                            COMPARE),
            on(404).body("^404 page not found\\s*$")
                    .means(
                            "traefik-no-route",
                            "a router (Traefik, or a Go program) has no route for this host or path",
                            "No rule fits host and path, or the container with the rule does not run.",
                            "Compare the router's rule with the URL, and see whether the container is up."),
            on(502, 504)
                    .body("^(Bad Gateway|Gateway Timeout)\\s*$")
                    .means(
                            "traefik-no-app",
                            "the router in front (Traefik or alike) gets no answer from the app",
                            "The app does not run, or the router leads to another port.",
                            COMPARE),
            on(503).body("no available server|upstream connect error|no healthy upstream")
                    .means(
                            "router-no-app",
                            "the router in front knows no running app",
                            "Every instance is down or fails its health check.",
                            COMPARE));

    private ProxyRows() {}

    /** nginx's own pages end in its name, also where {@code Server} is another's. */
    private static Signs nginx(int... statuses) {
        return on(statuses).body("<center>(nginx|openresty)");
    }

    private static Signs apache(int... statuses) {
        return on(statuses)
                .header("server", "^Apache")
                .body("<!DOCTYPE HTML PUBLIC \"-//IETF//DTD HTML 2\\.0|<address>Apache");
    }
}
