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

/** Takes deliveries to {@code /in/TOKEN/} and answers what the app behind the listener of that token answers. */
public final class RelayServlet extends HttpServlet {
    /** Where it answers. */
    public static final String PATH = "/in/*";

    private static final long serialVersionUID = 1L;
    private static final Problem NOBODY = new Problem(
            503,
            "no-listener",
            "Nobody listens under this token now, or too much is under way. Start bellhop listen --relay; Svix tries"
                    + " again.");
    private static final Problem UNANSWERED =
            new Problem(502, "no-answer", "Who listens did not answer in time, or went away.");
    private static final Problem TOO_LARGE = new Problem(413, "body-too-large", "Send less.");

    private static final String PLAIN = "text/plain";

    private final transient @Nullable Relay relay;
    private final int largest;

    /** A servlet of these settings; without a relay it answers 404. */
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
        // Before the body is read: nobody gets room for one whom nobody waits for.
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
            // A repeated one goes on joined, so that who verifies sees it and refuses.
            headers.put(name, String.join(", ", Collections.list(request.getHeaders(name))));
        }
        return headers;
    }

    private static void answer(HttpServletResponse response, CompletableFuture<RelayFrame> answer) throws IOException {
        try {
            RelayFrame frame = answer.get();
            response.setStatus(frame.status() >= 200 && frame.status() < 600 ? frame.status() : 502);
            carry(frame.headers(), response);
            response.setContentLength(frame.body().length);
            response.getOutputStream().write(frame.body());
        } catch (ExecutionException | CancellationException late) {
            UNANSWERED.answer(response);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            UNANSWERED.answer(response);
        }
    }

    /** What Svix looks at and no more: whoever listens writes these, and a browser may be what asks. */
    private static void carry(Map<String, String> headers, HttpServletResponse response) {
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
