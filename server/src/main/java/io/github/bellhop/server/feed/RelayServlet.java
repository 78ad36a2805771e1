package io.github.bellhop.server.feed;

import io.github.bellhop.server.settings.ServerSettings;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.jspecify.annotations.Nullable;

/** Accepts deliveries to {@code /in/TOKEN/} and returns the answer of the app behind the listener of that token. */
public final class RelayServlet extends HttpServlet {
    /** The path of the servlet. */
    public static final String PATH = "/in/*";

    private static final long serialVersionUID = 1L;
    private static final Problem NOBODY = new Problem(
            503,
            "no-listener",
            "There is no listener for this token, or the relay is busy. Start bellhop listen --relay. Svix retries.");
    private static final Problem UNANSWERED =
            new Problem(502, "no-answer", "The listener did not answer in time, or disconnected.");
    private static final Problem TOO_LARGE =
            new Problem(413, "body-too-large", "The body exceeds bellhop.limits.body.");

    private static final String PLAIN = "text/plain";

    private final transient @Nullable Relay relay;
    private final int largest;

    /** Creates the servlet. If the relay is off, the servlet answers 404. */
    public RelayServlet(ServerSettings settings, Relay relay) {
        this.relay = settings.listen().relay() == ServerSettings.Listen.Relay.OFF ? null : relay;
        largest = (int) settings.limits().body().toBytes();
    }

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response) throws IOException {
        String path = request.getPathInfo() == null ? "" : request.getPathInfo();
        String token = path.replaceFirst("^/", "").replaceFirst("/$", "");
        if (relay == null || !Relay.isToken(token)) {
            Problem.OFF.answer(response);
            return;
        }
        if (!request.getMethod().equals("POST")) {
            Problem.WRONG_METHOD.answer(response);
            return;
        }
        // This is checked before the body is read, so that a delivery without a listener uses no memory.
        if (!relay.begin(token)) {
            NOBODY.answer(response);
            return;
        }
        try {
            byte[] body = request.getInputStream().readNBytes(largest + 1);
            if (body.length > largest) {
                TOO_LARGE.answer(response);
            } else {
                Optional<CompletableFuture<RelayFrame>> answer = relay.deliver(token, "POST", headers(request), body);
                if (answer.isPresent()) {
                    answer(response, answer.get());
                } else {
                    NOBODY.answer(response);
                }
            }
        } finally {
            relay.end();
        }
    }

    private static Map<String, String> headers(HttpServletRequest request) {
        Map<String, String> headers = new LinkedHashMap<>();
        for (String name : Collections.list(request.getHeaderNames())) {
            // A repeated header's values are joined, so that the app detects it and rejects the delivery.
            headers.put(name, String.join(", ", Collections.list(request.getHeaders(name))));
        }
        return headers;
    }

    private static void answer(HttpServletResponse response, CompletableFuture<RelayFrame> answer) throws IOException {
        try {
            RelayFrame frame = answer.get();
            response.setStatus(frame.status() >= 200 && frame.status() < 600 ? frame.status() : 502);
            copyHeaders(frame.headers(), response);
            response.setContentLength(frame.body().length);
            response.getOutputStream().write(frame.body());
        } catch (ExecutionException | CancellationException late) {
            UNANSWERED.answer(response);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            UNANSWERED.answer(response);
        }
    }

    /** Copies only what Svix reads: the listener controls these headers, and the client may be a browser. */
    private static void copyHeaders(Map<String, String> headers, HttpServletResponse response) {
        response.setContentType(PLAIN);
        headers.forEach((name, value) -> {
            if (name.equalsIgnoreCase("retry-after")) {
                response.setHeader("Retry-After", value);
            } else if (name.equalsIgnoreCase("content-type")
                    && value.matches("(?i)application/(problem\\+)?json\\b.*")) {
                response.setContentType("application/json");
            }
        });
        response.setHeader("X-Content-Type-Options", "nosniff");
        response.setHeader("Content-Security-Policy", "sandbox; default-src 'none'");
    }
}
