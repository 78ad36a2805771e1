package io.github.bellhop.signature;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Judges the signature headers: complete, single, well-formed, recent. */
final class HeaderChecker {
    private static final List<String> NAMES = List.of("id", "timestamp", "signature");
    private static final int MAX_ID_LENGTH = 255;
    /** The digits of the greatest 64-bit number. */
    private static final int MAX_TIMESTAMP_DIGITS = 19;

    private final InstantSource clock;
    private final long toleranceSeconds;

    HeaderChecker(InstantSource clock, Duration tolerance) {
        this.clock = clock;
        this.toleranceSeconds = tolerance.toSeconds();
    }

    HeaderCheck check(DeliveryHeaders headers) {
        // A complete set of one kind. A partial svix-* set beside a full webhook-* one would leave it to the
        // sender which id counts, so any svix-* header decides for that kind.
        List<List<String>> branded = set(headers, "svix-");
        boolean anyBranded = branded.stream().anyMatch(values -> !values.isEmpty());
        List<List<String>> chosen = anyBranded ? branded : set(headers, "webhook-");
        String prefix = anyBranded || chosen.stream().allMatch(List::isEmpty) ? "svix-" : "webhook-";

        List<String> missing = new ArrayList<>(0);
        for (int i = 0; i < NAMES.size(); i++) {
            List<String> values = chosen.get(i);
            if (values.size() > 1) {
                return implausible(RejectionReason.INVALID_HEADERS, prefix + NAMES.get(i) + " came more than once");
            }
            if (values.isEmpty() || values.get(0).isBlank()) {
                missing.add(prefix + NAMES.get(i));
            }
        }
        if (!missing.isEmpty()) {
            return implausible(RejectionReason.MISSING_HEADERS, "missing: " + String.join(", ", missing));
        }
        return check(chosen.get(0).get(0), chosen.get(1).get(0), chosen.get(2).get(0));
    }

    private static List<List<String>> set(DeliveryHeaders headers, String prefix) {
        return List.of(
                headers.values(prefix + "id"),
                headers.values(prefix + "timestamp"),
                headers.values(prefix + "signature"));
    }

    private HeaderCheck check(String id, String timestamp, String signatures) {
        if (!isUsableId(id)) {
            return implausible(RejectionReason.INVALID_HEADERS, "the message id is malformed");
        }
        if (isJoined(signatures)) {
            return implausible(RejectionReason.INVALID_HEADERS, "several signature headers were joined into one");
        }
        Long seconds = seconds(timestamp);
        if (seconds == null) {
            return implausible(RejectionReason.TIMESTAMP_INVALID, "the timestamp is no plain whole number of seconds");
        }
        long age = clock.instant().getEpochSecond() - seconds;
        if (age > toleranceSeconds) {
            return implausible(
                    RejectionReason.TIMESTAMP_TOO_OLD, "signed " + age + " s ago, allowed are " + toleranceSeconds);
        }
        if (-age > toleranceSeconds) {
            return implausible(
                    RejectionReason.TIMESTAMP_TOO_NEW,
                    "signed " + -age + " s in the future, allowed are " + toleranceSeconds);
        }
        return new HeaderCheck.Plausible(new SignedHeaders(id, Instant.ofEpochSecond(seconds), signatures));
    }

    /** A dot would let one signature stand for two messages, since the dot separates the signed parts. */
    private static boolean isUsableId(String id) {
        return id.length() <= MAX_ID_LENGTH && id.chars().allMatch(c -> c > ' ' && c < 0x7F && c != '.');
    }

    /** An entry has one comma; one with two is what a proxy makes when it joins header lines. */
    private static boolean isJoined(String signatures) {
        boolean comma = false;
        for (int i = 0; i < signatures.length(); i++) {
            char c = signatures.charAt(i);
            if (c == ',' && comma) {
                return true;
            }
            comma = c == ',' || (comma && c != ' ');
        }
        return false;
    }

    /** Plain digits without sign, blank or leading zero, so that the text is the number's only one. */
    private static @Nullable Long seconds(String text) {
        if (text.length() > MAX_TIMESTAMP_DIGITS
                || !text.chars().allMatch(c -> c >= '0' && c <= '9')
                || (text.length() > 1 && text.charAt(0) == '0')) {
            return null;
        }
        try {
            return Long.parseLong(text);
        } catch (NumberFormatException tooLarge) {
            return null;
        }
    }

    private static HeaderCheck implausible(RejectionReason reason, String detail) {
        return new HeaderCheck.Implausible(new Verification.Rejected(reason, detail));
    }
}
