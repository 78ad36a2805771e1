package io.github.bellhop.server.feed;

import io.github.bellhop.server.settings.ServerSettings;
import io.github.bellhop.sync.read.MessageFeed;
import io.github.bellhop.sync.store.Database;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Streams messages to clients that have the token, one JSON object per line, until they disconnect: first stored
 * messages, then new ones.
 *
 * <p>The parameter {@code events} filters by type. {@code back} starts that many seconds in the past. {@code after}
 * continues after the last message that the client got, identified by its time of receipt.
 */
public final class FeedServlet extends HttpServlet {
    /** The path of the servlet. */
    public static final String PATH = "/listen";

    /** The content type of the answer. */
    public static final String CONTENT_TYPE = "application/x-ndjson";

    private static final long serialVersionUID = 1L;
    private static final Logger log = LoggerFactory.getLogger(FeedServlet.class);
    private static final long MAX_BACK_SECONDS = Duration.ofDays(3650).toSeconds();
    private static final Problem WRONG_QUERY = new Problem(
            400,
            "wrong-query",
            "events is a list such as user.*,session.created; back is a number of seconds; after is a number of"
                    + " milliseconds.");

    private final transient ListenGate gate;
    private final transient Feed feed;
    private final boolean privateFields;

    /** Creates the servlet. If the gate is shut, the servlet answers 404. */
    public FeedServlet(ServerSettings settings, ListenGate gate, Feed feed) {
        privateFields = settings.listen().privateFields();
        this.gate = gate;
        this.feed = feed;
    }

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response) throws IOException {
        Problem problem = refusal(request);
        if (problem != null) {
            problem.answer(response);
            return;
        }
        Optional<EventFilter> filter = EventFilter.parse(parameter(request, "events"));
        Optional<Instant> from = from(request);
        if (filter.isEmpty() || from.isEmpty()) {
            WRONG_QUERY.answer(response);
            return;
        }
        Database database = feed.database();
        if (database == null) {
            Problem.STARTING.answer(response);
        } else if (!feed.enter()) {
            Problem.FULL.answer(response);
        } else {
            try {
                stream(request, response, filter.get(), messages(request, database, from.get()));
            } finally {
                feed.leave();
            }
        }
    }

    private @Nullable Problem refusal(HttpServletRequest request) {
        if (gate.isShut()) {
            return Problem.OFF;
        }
        Problem unknown = gate.refusal(request);
        if (unknown != null) {
            return unknown;
        }
        return request.getMethod().equals("GET") ? null : Problem.WRONG_METHOD;
    }

    private static String parameter(HttpServletRequest request, String name) {
        String value = request.getParameter(name);
        return value == null ? "" : value;
    }

    /** Returns the time to start at; empty if a parameter is invalid. */
    private Optional<Instant> from(HttpServletRequest request) {
        String after = parameter(request, "after");
        String back = parameter(request, "back");
        try {
            if (!after.isEmpty()) {
                return Optional.of(Instant.ofEpochMilli(Math.max(0, Long.parseLong(after))));
            }
            Instant now = feed.clock().instant();
            return Optional.of(
                    back.isEmpty() ? now : now.minusSeconds(Math.min(MAX_BACK_SECONDS, Long.parseLong(back))));
        } catch (NumberFormatException wrong) {
            return Optional.empty();
        }
    }

    private static MessageFeed messages(HttpServletRequest request, Database database, Instant from) {
        return parameter(request, "after").isEmpty()
                ? MessageFeed.since(database, from)
                : MessageFeed.after(database, from);
    }

    private void stream(
            HttpServletRequest request, HttpServletResponse response, EventFilter filter, MessageFeed messages)
            throws IOException {
        String address = gate.address(request);
        log.info("Listener from {} connected: events {}", address, filter);
        response.setContentType(CONTENT_TYPE);
        response.setHeader("Cache-Control", "no-store");
        // Without this header, proxies that buffer answers would delay lines.
        response.setHeader("X-Accel-Buffering", "no");
        FeedStream stream = new FeedStream(feed, messages, filter, privateFields, response.getOutputStream());
        try {
            stream.run();
        } catch (IOException gone) {
            log.debug("Listener disconnected ({})", gone.getClass().getSimpleName());
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        } finally {
            log.info("Listener from {} ended after {} messages", address, stream.sent());
        }
    }
}
