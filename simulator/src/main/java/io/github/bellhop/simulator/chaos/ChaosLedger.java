package io.github.bellhop.simulator.chaos;

import java.util.EnumMap;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** Counts. Safe for concurrent use. */
final class ChaosLedger {
    private final Map<ChaosKind, Long> happened = new EnumMap<>(ChaosKind.class);
    private final Map<Sending, SortedMap<Integer, Long>> answers = new EnumMap<>(Sending.class);

    synchronized void happened(ChaosKind kind) {
        happened.merge(kind, 1L, Long::sum);
    }

    synchronized void answered(Sending sending, int status) {
        answers.computeIfAbsent(sending, key -> new TreeMap<>()).merge(status, 1L, Long::sum);
    }

    synchronized ChaosReport report() {
        return new ChaosReport(happened, answers);
    }
}
