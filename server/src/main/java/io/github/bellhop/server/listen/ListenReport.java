package io.github.bellhop.server.listen;

import io.github.bellhop.server.answer.DeliveryHint;
import io.github.bellhop.server.terminal.JsonLine;
import io.github.bellhop.server.terminal.Paragraph;
import io.github.bellhop.simulator.delivery.SignedRequest;
import io.github.bellhop.simulator.delivery.WireAnswer;
import java.io.PrintWriter;
import java.time.InstantSource;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Base64;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Help.Ansi;
import tools.jackson.databind.node.ObjectNode;

/**
 * Prints one line for each message, a hint for each new kind of failure, and a summary. Everything else goes to the
 * error stream, so that the lines can be piped. Thread-safe.
 */
public final class ListenReport implements Listening {
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HH:mm:ss", Locale.ROOT);
    private static final int MAX_TYPE_CHARS = 34;
    private static final String EXPIRED = "payload-expired";

    private final PrintWriter out;
    private final PrintWriter err;
    private final InstantSource clock;
    private final DeliveryHint hint;
    private final boolean json;
    private final String source;
    private final Set<String> hinted = new HashSet<>();
    private final Map<String, Integer> failures = new TreeMap<>();
    private boolean wasConnected;
    private boolean wasAddress;
    private int delivered;
    private int expired;

    /**
     * Creates a report.
     *
     * @param source the name of the source of the deliveries, to be printed
     */
    public ListenReport(
            PrintWriter out, PrintWriter err, InstantSource clock, DeliveryHint hint, boolean json, String source) {
        this.out = out;
        this.err = err;
        this.clock = clock;
        this.hint = hint;
        this.json = json;
        this.source = source;
    }

    @Override
    public synchronized void connected() {
        say(wasConnected ? "Reconnected to " + source + "." : "Connected to " + source + ".");
        wasConnected = true;
    }

    @Override
    public synchronized void lost(String why) {
        say("No connection to " + source + ": " + why + (why.endsWith("?") ? "" : ".")
                + " Retrying until it is available.");
    }

    @Override
    public synchronized void relayAt(String address) {
        say((wasAddress ? "The address has changed. " : "")
                + "Enter this address as the URL of an endpoint in the Clerk Dashboard (Webhooks):");
        wasAddress = true;
        err.println("  " + address);
        err.flush();
    }

    public synchronized void say(String text) {
        err.print(Paragraph.of(text));
        err.flush();
    }

    @Override
    public synchronized void forwarded(Arrival arrival, SignedRequest request, WireAnswer result) {
        String kind = DeliveryHint.kind(result);
        boolean isNew = false;
        if (result.delivered()) {
            delivered++;
            hinted.clear();
        } else {
            failures.merge(kind, 1, Integer::sum);
            isNew = hinted.add(kind);
        }
        if (json) {
            out.println(json(arrival, request, result));
        } else {
            String millis = result.latency().toMillis() + " ms";
            print(arrival.type(), arrival.entityId(), status(result), millis);
            if (isNew) {
                out.print(Paragraph.of("  ", hint.of(result)));
            }
        }
        out.flush();
    }

    @Override
    public synchronized void expired(String messageId, @Nullable String type, @Nullable String entityId) {
        expired++;
        if (json) {
            JsonLine line = new JsonLine();
            line.put("message_id", messageId);
            line.put("type", type);
            line.put("entity_id", entityId);
            line.put("status", 0);
            line.put("reason", EXPIRED);
            out.println(line.text());
        } else {
            print(type, entityId, "---", "expired");
        }
        out.flush();
    }

    /** Prints one line of at most 80 columns; a long id is shortened in the middle. */
    private void print(@Nullable String type, @Nullable String entityId, String status, String rest) {
        String time = TIME.format(LocalTime.ofInstant(clock.instant(), ZoneId.systemDefault()));
        String event = shortened(type == null ? "(untyped)" : Paragraph.plain(type), MAX_TYPE_CHARS);
        int left = Paragraph.WIDTH - time.length() - event.length() - 3 - rest.length() - 4 * 2;
        String entity = shortened(entityId == null ? "(no id)" : Paragraph.plain(entityId), left);
        out.println(time + "  " + event + "  " + entity + "  " + coloured(status) + "  " + rest);
    }

    private static String shortened(String text, int width) {
        if (text.length() <= width) {
            return text;
        }
        int end = 4;
        return text.substring(0, Math.max(0, width - 3 - end)) + "..." + text.substring(text.length() - end);
    }

    private static String status(WireAnswer result) {
        return result.status() == 0 ? "---" : String.valueOf(result.status());
    }

    /** Colours the status on a terminal. */
    private static String coloured(String status) {
        String style = status.startsWith("2") ? "green" : "red";
        return Ansi.AUTO.enabled() ? Ansi.AUTO.string("@|" + style + " " + status + "|@") : status;
    }

    private static String json(Arrival arrival, SignedRequest request, WireAnswer result) {
        JsonLine line = new JsonLine();
        line.put("message_id", arrival.messageId());
        line.put("type", arrival.type());
        line.put("entity_id", arrival.entityId());
        line.put("state", arrival.state());
        line.put("status", result.status());
        line.put("latency_ms", result.latency().toMillis());
        line.put("reason", result.reason());
        ObjectNode headers = line.object().putObject("headers");
        new TreeMap<>(request.headers()).forEach(headers::put);
        line.put("body_base64", Base64.getEncoder().encodeToString(request.body()));
        return line.text();
    }

    /** Prints the summary if the source was ever connected. */
    synchronized void end(int left) {
        if (!wasConnected) {
            return;
        }
        int failed = failures.values().stream().mapToInt(Integer::intValue).sum();
        PrintWriter to = json ? err : out;
        int forwarded = delivered + failed;
        to.println(forwarded + (forwarded == 1 ? " message" : " messages") + " forwarded: " + delivered + " delivered, "
                + failed + " failed");
        failures.forEach((kind, times) -> to.println("  " + times + " x " + kind));
        if (expired > 0) {
            to.println("  " + expired + " not forwarded because their payloads were removed");
        }
        if (left > 0) {
            to.println("  " + left + " arrived but not forwarded before the end");
        }
        to.flush();
    }
}
