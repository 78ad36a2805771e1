package io.github.bellhop.simulator.chaos;

import io.github.bellhop.simulator.dispatch.Scheduled;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;

/** Decides what goes wrong with which message, and counts what came of it. Safe for concurrent use. */
public final class Chaos {
    private final Map<String, HeldBack> lanes = new HashMap<>();
    private final ChaosLedger ledger = new ChaosLedger();
    private ChaosSettings settings;
    private RandomGenerator random;

    /** Chaos by the settings. */
    public Chaos(ChaosSettings settings) {
        this.settings = settings;
        this.random = new SplittableRandom(settings.seed());
    }

    /** From now on other settings hold, from the beginning of their seed. */
    public synchronized void change(ChaosSettings other) {
        settings = other;
        random = new SplittableRandom(other.seed());
    }

    /** The settings that hold now. */
    public synchronized ChaosSettings settings() {
        return settings;
    }

    /** Decides about the next message to an endpoint. */
    public synchronized ChaosPlan plan() {
        Set<ChaosKind> kinds = EnumSet.noneOf(ChaosKind.class);
        for (ChaosKind kind : ChaosKind.values()) {
            // Drawn whether it is wanted or not, so that one rate does not decide about another kind.
            if (random.nextDouble() < settings.rate(kind)) {
                kinds.add(kind);
            }
        }
        double share = random.nextDouble();
        if (kinds.contains(ChaosKind.DROP)) {
            kinds = EnumSet.of(ChaosKind.DROP);
        }
        kinds.forEach(ledger::happened);
        return new ChaosPlan(
                kinds,
                kinds.contains(ChaosKind.DELAY)
                        ? Duration.ofNanos(Math.round(settings.longest().toNanos() * share))
                        : Duration.ZERO);
    }

    /**
     * Holds back what is to be held back, and lets go what waited for this.
     *
     * @param lane where it goes
     * @param jobs what is sent of one message, scheduled for their time without holding back
     */
    public synchronized void admit(String lane, ChaosPlan plan, List<Scheduled> jobs, Instant now) {
        if (!lanes.containsKey(lane) && !plan.has(ChaosKind.REORDER) && !plan.has(ChaosKind.BURST)) {
            return;
        }
        HeldBack held = lanes.computeIfAbsent(lane, name -> new HeldBack());
        held.admit(plan, jobs, now, settings);
        if (held.isEmpty()) {
            lanes.remove(lane);
        }
    }

    /**
     * Counts what was sent and what came back.
     *
     * @param sending what was sent
     * @param status  of the answer; 0 when there was none
     */
    public void answered(Sending sending, int status) {
        ledger.answered(sending, status);
    }

    /** What came of it so far. */
    public ChaosReport report() {
        return ledger.report();
    }
}
