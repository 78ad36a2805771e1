package io.github.bellhop.server.command;

import io.github.bellhop.simulator.delivery.DeliveryResult;
import java.io.PrintWriter;
import java.net.URI;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * Prints what came of each message, and of many a summary. Of a small number every message has its line; of a large
 * one only the first failure of each kind, with the rest as progress on the error stream. Safe for concurrent use.
 */
final class TriggerReport {
    /** Up to so many messages, each has its line. */
    private static final int FEW = 20;

    private static final long PROGRESS_NANOS = TimeUnit.SECONDS.toNanos(1);
    private static final JsonMapper JSON = new JsonMapper();

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

    TriggerReport(PrintWriter out, PrintWriter err, URI endpoint, int count, boolean json) {
        this.out = out;
        this.err = err;
        this.hint = new DeliveryHint(endpoint);
        this.count = count;
        this.json = json;
        this.latencies = new Latencies(count);
    }

    synchronized void add(DeliveryResult result) {
        done++;
        latencies.add(result.latency());
        boolean newKind = false;
        if (result.delivered()) {
            delivered++;
        } else {
            failures.merge(kind(result), 1, Integer::sum);
            newKind = hinted.add(kind(result));
        }
        if (json) {
            out.println(json(result));
        } else if (count <= FEW || newKind) {
            out.println(line(result));
        }
        if (newKind && !json) {
            out.print(Paragraph.of("  ", hint.of(result)));
        }
        out.flush();
        progress();
    }

    /** Prints the summary, if there was more than one message. Tells whether all were delivered. */
    synchronized boolean end() {
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

    private static String line(DeliveryResult result) {
        return result.type() + "  " + shown(result) + "  "
                + (result.status() == 0 ? "---" : result.status()) + "  "
                + result.latency().toMillis() + " ms  "
                + (result.delivered() ? "ok" : "failed");
    }

    private static String shown(DeliveryResult result) {
        return result.entityId() == null ? "(no id)" : Paragraph.plain(result.entityId());
    }

    private static String kind(DeliveryResult result) {
        String reason = result.reason() == null ? "" : " " + Paragraph.plain(result.reason());
        return result.status() == 0 ? "no answer:" + reason : result.status() + reason;
    }

    private static String json(DeliveryResult result) {
        ObjectNode line = JSON.createObjectNode();
        line.put("message_id", result.messageId());
        line.put("type", result.type());
        line.put("entity_id", result.entityId());
        line.put("status", result.status());
        line.put("latency_ms", result.latency().toMillis());
        line.put("reason", result.reason());
        return JSON.writeValueAsString(line);
    }
}
