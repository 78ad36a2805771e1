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

/** Compares this machine's clock with other clocks: the timestamp of a delivery may be off by at most five minutes. */
record ClockCheck(Situation situation) implements Check {
    private static final Duration WARN = Duration.ofSeconds(30);
    private static final Duration FAIL = Duration.ofMinutes(4);

    @Override
    public List<Finding> run() throws InterruptedException {
        List<Finding> findings = new ArrayList<>();
        add(findings, byAnswer(situation.url(), situation.probe().unsigned()));
        if (situation.secretKey() != null) {
            URI clerk = situation.settings().backendApi().url();
            add(findings, byAnswer(clerk, situation.probe().get(clerk)));
        }
        add(findings, byDatabase());
        if (findings.isEmpty()) {
            findings.add(Finding.skip(
                    "There is no other clock to compare with.",
                    "Pass --url, or set CLERK_SECRET_KEY or a PostgreSQL database to compare with."));
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
            // The header has whole seconds, so the middle of the second is the best estimate.
            Instant other = ZonedDateTime.parse(date, DateTimeFormatter.RFC_1123_DATE_TIME)
                    .toInstant()
                    .plusMillis(500);
            return judged(Duration.between(other, answer.middle()), "the clock of " + ShownUrl.server(url));
        } catch (DateTimeException unreadable) {
            return null;
        }
    }

    private @Nullable Finding byDatabase() {
        StatusReader reader = situation.store().reader();
        if (reader == null) {
            return null;
        }
        InstantSource clock = situation.examination().clock();
        try {
            Instant before = clock.instant();
            Instant other = reader.databaseClock();
            Instant after = clock.instant();
            Instant middle = before.plus(Duration.between(before, after).dividedBy(2));
            return other == null ? null : judged(Duration.between(other, middle), "the database's clock");
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
        String fix = "Correct the clock that is wrong: turn on NTP (timedatectl set-ntp true; on Windows, w32tm"
                + " /resync). A virtual machine may also need this after it was suspended.";
        return ahead.abs().compareTo(FAIL) > 0
                ? Finding.fail(
                        difference,
                        "A delivery is rejected if its timestamp is off by more than five minutes:"
                                + " timestamp-too-old, timestamp-too-new.",
                        fix)
                : Finding.warn(difference, "If the difference exceeds five minutes, deliveries are rejected.", fix);
    }
}
