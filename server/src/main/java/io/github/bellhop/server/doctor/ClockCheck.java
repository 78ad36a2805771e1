package io.github.bellhop.server.doctor;

import io.github.bellhop.server.settings.ShownUrl;
import io.github.bellhop.sync.read.StatusReader;
import io.github.bellhop.sync.store.StoreException;
import java.net.URI;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Whether this machine's clock agrees with others': deliveries may be five minutes old or new at most. */
record ClockCheck(Situation situation) implements Check {
    private static final Duration WARN = Duration.ofSeconds(30);
    private static final Duration FAIL = Duration.ofMinutes(4);

    @Override
    public List<Finding> look() throws InterruptedException {
        List<Finding> findings = new ArrayList<>();
        add(findings, byAnswer(situation.url(), situation.probe().unsigned()));
        if (situation.secretKey() != null) {
            URI clerk = situation.settings().backendApi().url();
            add(findings, byAnswer(clerk, situation.probe().get(clerk)));
        }
        add(findings, byDatabase());
        if (findings.isEmpty()) {
            findings.add(Finding.skip(
                    "No other clock could be asked.", "Give --url, CLERK_SECRET_KEY or a PostgreSQL to compare with."));
        }
        return findings;
    }

    private static void add(List<Finding> findings, @Nullable Finding finding) {
        if (finding != null) {
            findings.add(finding);
        }
    }

    private static @Nullable Finding byAnswer(URI url, ReceiverAnswer answer) {
        String date = answer.headers().firstValue("date").orElse("");
        try {
            // It counts whole seconds, so the middle of one is the best guess.
            Instant told = ZonedDateTime.parse(date, DateTimeFormatter.RFC_1123_DATE_TIME)
                    .toInstant()
                    .plusMillis(500);
            return judged(Duration.between(told, answer.middle()), "that of " + ShownUrl.server(url));
        } catch (DateTimeException none) {
            return null;
        }
    }

    private @Nullable Finding byDatabase() {
        StatusReader reader = situation.store().reader();
        if (reader == null) {
            return null;
        }
        InstantSource clock = situation.wanted().clock();
        try {
            Instant before = clock.instant();
            Instant told = reader.databaseClock();
            Instant after = clock.instant();
            Instant middle = before.plus(Duration.between(before, after).dividedBy(2));
            return told == null ? null : judged(Duration.between(told, middle), "the database's");
        } catch (StoreException unreachable) {
            return null;
        }
    }

    private static Finding judged(Duration ahead, String other) {
        String difference = "This machine's clock is " + Ages.of(ahead)
                + (ahead.isNegative() ? " behind " : " ahead of ") + other + ".";
        if (ahead.abs().compareTo(WARN) <= 0) {
            return Finding.ok("This machine's clock agrees with " + other + ".");
        }
        String fix = "Set the clock that is wrong: switch on NTP (timedatectl set-ntp true; on Windows w32tm /resync;"
                + " a virtual machine after it slept needs it too).";
        return ahead.abs().compareTo(FAIL) > 0
                ? Finding.fail(
                        difference,
                        "Deliveries more than five minutes apart are refused: timestamp-too-old, timestamp-too-new.",
                        fix)
                : Finding.warn(difference, "From five minutes on, deliveries are refused.", fix);
    }
}
