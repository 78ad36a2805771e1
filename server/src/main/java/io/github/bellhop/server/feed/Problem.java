package io.github.bellhop.server.feed;

import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import tools.jackson.databind.json.JsonMapper;

/**
 * Why a request is refused, as a problem document.
 *
 * @param status the answer's status
 * @param reason stable, in kebab case
 * @param detail what to do
 */
public record Problem(int status, String reason, String detail) {
    private static final JsonMapper JSON = new JsonMapper();

    static final Problem OFF = new Problem(
            404, "not-found", "Nothing is handed out here. Set BELLHOP_LISTEN_TOKEN for the server and start it anew.");
    static final Problem WRONG_TOKEN = new Problem(
            401,
            "wrong-listen-token",
            "Send the server's BELLHOP_LISTEN_TOKEN as Authorization: Bearer; bellhop listen takes it from the same"
                    + " variable.");
    /** Too many wrong passwords or tokens came. */
    static final Problem TOO_MANY_GUESSES = new Problem(
            429,
            "too-many-guesses",
            "Too many wrong passwords or tokens came. Try again in a minute with the right one.");

    static final Problem WRONG_METHOD = new Problem(405, "method-not-allowed", "Ask with another method.");
    static final Problem FULL = new Problem(503, "too-many-listeners", "Others listen already. End one, or try later.");
    static final Problem STARTING = new Problem(503, "store-unavailable", "The server is not ready. Try later.");

    /** Answers with it. */
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
