package io.github.bellhop.simulator.chaos;

import io.github.bellhop.simulator.http.ApiJson;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import tools.jackson.databind.node.ObjectNode;

/**
 * What chaos did, which requests were sent, and how they were answered. Immutable.
 *
 * @param happened the number of messages that each kind of chaos affected
 * @param answers  the number of answers to each kind of request, by status; status 0 means no answer
 */
public record ChaosReport(Map<ChaosKind, Long> happened, Map<Sending, SortedMap<Integer, Long>> answers) {
    /** Copies both maps. */
    public ChaosReport {
        happened = Collections.unmodifiableMap(new TreeMap<>(happened));
        Map<Sending, SortedMap<Integer, Long>> copies = new EnumMap<>(Sending.class);
        answers.forEach(
                (kind, statuses) -> copies.put(kind, Collections.unmodifiableSortedMap(new TreeMap<>(statuses))));
        answers = Collections.unmodifiableMap(copies);
    }

    /** The number of messages that this kind of chaos affected. */
    public long happened(ChaosKind kind) {
        return happened.getOrDefault(kind, 0L);
    }

    /** The number of completed requests of this kind, with or without an answer. */
    public long sent(Sending kind) {
        return answers(kind).values().stream().mapToLong(Long::longValue).sum();
    }

    /** The number of answers to this kind of request, by status. */
    public SortedMap<Integer, Long> answers(Sending kind) {
        return answers.getOrDefault(kind, Collections.emptySortedMap());
    }

    /** The number of bad requests that were answered with 2xx. If it is above 0, the receiver has a bug. */
    public long badAccepted() {
        return answers.entrySet().stream()
                .filter(entry -> entry.getKey().bad())
                .flatMap(entry -> entry.getValue().entrySet().stream())
                .filter(entry -> entry.getKey() >= 200 && entry.getKey() < 300)
                .mapToLong(Map.Entry::getValue)
                .sum();
    }

    /** The report as a table. Each line ends with a line feed. */
    public String text() {
        StringBuilder text = new StringBuilder();
        answers.forEach((kind, statuses) -> text.append(String.format(
                Locale.ROOT,
                "sent %-16s %7d   %s%n",
                kind.wireName(),
                sent(kind),
                statuses.entrySet().stream()
                        .map(entry -> (entry.getKey() == 0 ? "no answer" : entry.getKey()) + ": " + entry.getValue())
                        .collect(Collectors.joining("   ")))));
        happened.forEach(
                (kind, count) -> text.append(String.format(Locale.ROOT, "chaos %-15s %7d%n", kind.wireName(), count)));
        text.append(String.format(Locale.ROOT, "bad requests accepted %7d%n", badAccepted()));
        return text.toString().replace(System.lineSeparator(), "\n");
    }

    /** The report as {@code {"sent":{kind:{"total":n,"answers":{status:n}}},"chaos":{kind:n},"bad_accepted":n}}. */
    public ObjectNode json() {
        ObjectNode json = ApiJson.object();
        ObjectNode sent = json.putObject("sent");
        answers.forEach((kind, statuses) -> {
            ObjectNode entry = sent.putObject(kind.wireName()).put("total", sent(kind));
            ObjectNode counts = entry.putObject("answers");
            statuses.forEach((status, count) -> counts.put(status.toString(), count));
        });
        ObjectNode chaos = json.putObject("chaos");
        happened.forEach((kind, count) -> chaos.put(kind.wireName(), count));
        return json.put("bad_accepted", badAccepted());
    }
}
