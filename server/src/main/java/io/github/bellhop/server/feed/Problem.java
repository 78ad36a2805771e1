package io.github.bellhop.server.feed;

import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import tools.jackson.databind.json.JsonMapper;

/**
 * Why a request is rejected, as a problem document.
 *
 * @param status the HTTP status
 * @param reason a stable id in kebab case
 * @param detail what to do
 */
public record Problem(int status, String reason, String detail) {
    private static final JsonMapper JSON = new JsonMapper();

    static final Problem OFF = new Problem(
            404,
            "not-found",
            "Listening is not enabled on this server. Set BELLHOP_LISTEN_TOKEN for the server and restart it.");
    static final Problem WRONG_TOKEN = new Problem(
            401,
            "wrong-listen-token",
            "Send the server's BELLHOP_LISTEN_TOKEN as Authorization: Bearer. bellhop listen reads it from the same"
                    + " variable.");
    /** There were too many wrong passwords or tokens. */
    static final Problem TOO_MANY_GUESSES = new Problem(
            429, "too-many-guesses", "Too many wrong passwords or tokens. Retry in a minute with the right one.");

    static final Problem WRONG_METHOD = new Problem(405, "method-not-allowed", "Use another HTTP method.");
    static final Problem FULL = new Problem(
            503,
            "too-many-listeners",
            "The maximum number of listeners has been reached. Stop one of them, or retry later.");
    static final Problem STARTING = new Problem(503, "store-unavailable", "The server is not ready yet. Retry later.");

    /** Writes the problem as the answer. */
    public void answer(HttpServletResponse response) throws IOException {
        byte[] body = JSON.writeValueAsString(Map.of("status", status, "reason", reason, "detail", detail))
                .getBytes(StandardCharsets.UTF_8);
        response.setStatus(status);
        response.setContentType("application/problem+json");
        response.setHeader("Cache-Control", "no-store");
        if (status == 429) {
            response.setHeader("Retry-After", Long.toString(GuessLimit.WINDOW.toSeconds()));
        }
        if (status == 401 && !response.containsHeader("WWW-Authenticate")) {
            response.setHeader("WWW-Authenticate", "Bearer realm=\"bellhop\"");
        }
        if (status == 503) {
            response.setHeader("Retry-After", "5");
        }
        response.setContentLength(body.length);
        response.getOutputStream().write(body);
    }
}
