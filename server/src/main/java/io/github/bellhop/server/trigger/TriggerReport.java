package io.github.bellhop.server.trigger;

import io.github.bellhop.server.answer.DeliveryHint;
import io.github.bellhop.server.terminal.JsonLine;
import io.github.bellhop.server.terminal.Paragraph;
import io.github.bellhop.simulator.delivery.OutgoingMessage;
import io.github.bellhop.simulator.delivery.WireAnswer;
import java.io.PrintWriter;
import java.net.URI;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

/**
 * Prints the results of a run, and a summary if there is more than one message. A small run prints a line per message. A
 * large run prints only the first failure of each kind, and its progress on the error stream. Safe for concurrent use.
 */
public final class TriggerReport {
    /** The largest number of messages in a small run. */
    private static final int FEW = 20;

    private static final long PROGRESS_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final PrintWriter out;
    private final PrintWriter err;
    private final DeliveryHint hint;
    private final int count;
    private final boolean json;
    private final Latencies latencies;
    private final Set<String> hinted = new HashSet<>();
    private final Map<String, Integer> failures = new TreeMap<>();
    private final long start = System.nanoTime();
    private long lastProgress = start;
    private int delivered;
    private int done;

    public TriggerReport(PrintWriter out, PrintWriter err, URI endpoint, int count, boolean json) {
        this.out = out;
        this.err = err;
        this.hint = new DeliveryHint(endpoint);
        this.count = count;
        this.json = json;
        this.latencies = new Latencies(count);
    }

    /** Adds a result, and prints a line for it unless the run is large and the result is not a new kind of failure. */
    public synchronized void add(OutgoingMessage message, WireAnswer result) {
        done++;
        latencies.add(result.latency());
        boolean newKind = false;
        if (result.delivered()) {
            delivered++;
        } else {
            failures.merge(DeliveryHint.kind(result), 1, Integer::sum);
            newKind = hinted.add(DeliveryHint.kind(result));
        }
        if (json) {
            out.println(json(message, result));
        } else if (count <= FEW || newKind) {
            out.println(line(message, result));
        }
        if (newKind && !json) {
            out.print(Paragraph.of("  ", hint.of(result)));
        }
        out.flush();
        progress();
    }

    /** Prints the summary if there was more than one message. Returns whether all messages were delivered. */
    public synchronized boolean end() {
        if (count > 1) {
            PrintWriter to = json ? err : out;
            to.println(
                    done + " messages: " + delivered + " delivered, " + (done - delivered) + " failed; " + perSecond()
                            + "/s; p50 " + latencies.percentile(50) + " ms, p99 " + latencies.percentile(99) + " ms");
            failures.forEach((kind, times) -> to.println("  " + times + " x " + kind));
            to.flush();
        }
        return delivered == count;
    }

    private void progress() {
        long now = System.nanoTime();
        if (count > FEW && now - lastProgress >= PROGRESS_NANOS) {
            lastProgress = now;
            err.println(done + " of " + count + ", " + perSecond() + "/s");
            err.flush();
        }
    }

    private long perSecond() {
        return Math.round(done * 1e9 / Math.max(1, System.nanoTime() - start));
    }

    private static String line(OutgoingMessage message, WireAnswer result) {
        return message.type() + "  " + shown(message) + "  "
                + (result.status() == 0 ? "---" : result.status()) + "  "
                + result.latency().toMillis() + " ms  "
                + (result.delivered() ? "ok" : "failed");
    }

    private static String shown(OutgoingMessage message) {
        return message.entityId() == null ? "(no id)" : Paragraph.plain(message.entityId());
    }

    private static String json(OutgoingMessage message, WireAnswer result) {
        JsonLine line = new JsonLine();
        line.put("message_id", message.messageId());
        line.put("type", message.type());
        line.put("entity_id", message.entityId());
        line.put("status", result.status());
        line.put("latency_ms", result.latency().toMillis());
        line.put("reason", result.reason());
        return line.text();
    }
}
