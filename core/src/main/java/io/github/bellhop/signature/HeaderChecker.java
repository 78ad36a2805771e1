package io.github.bellhop.signature;

import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Checks that the signature headers are complete, not repeated, well-formed and recent.
 *
 * @param toleranceSeconds the maximum difference between a timestamp and the clock, inclusive
 */
record HeaderChecker(InstantSource clock, long toleranceSeconds) {
    private static final List<String> BRANDED = List.of("svix-id", "svix-timestamp", "svix-signature");
    private static final List<String> UNBRANDED = List.of("webhook-id", "webhook-timestamp", "webhook-signature");

    /**
     * Excludes the dot: it separates the signed parts, so an id with a dot could make one signature valid for two
     * messages.
     */
    private static final Pattern ID = Pattern.compile("[!-\\-/-~]{0,255}");

    HeaderCheck check(DeliveryHeaders headers) {
        // One kind of header must be complete. If any svix-* header is present, only the svix-* headers are used. A
        // fallback from a partial svix-* set to a full webhook-* set would let the sender choose which id is used.
        HeaderSet branded = HeaderSet.of(headers, BRANDED);
        if (!branded.isAbsent()) {
            return check(branded);
        }
        HeaderSet unbranded = HeaderSet.of(headers, UNBRANDED);
        return check(unbranded.isAbsent() ? branded : unbranded);
    }

    private HeaderCheck check(HeaderSet set) {
        for (int i = 0; i < set.names().size(); i++) {
            if (set.values().get(i).size() > 1) {
                return implausible(RejectionReason.INVALID_HEADERS, set.names().get(i) + " was sent more than once");
            }
        }
        List<String> missing = set.missing();
        return missing.isEmpty()
                ? check(set.only(0), set.only(1), set.only(2))
                : implausible(RejectionReason.MISSING_HEADERS, "missing: " + String.join(", ", missing));
    }

    private HeaderCheck check(String id, String timestamp, String signatures) {
        if (!ID.matcher(id).matches()) {
            return implausible(RejectionReason.INVALID_HEADERS, "the message id is malformed");
        }
        if (isJoined(signatures)) {
            return implausible(RejectionReason.INVALID_HEADERS, "several signature headers were joined into one");
        }
        Long seconds = seconds(timestamp);
        if (seconds == null) {
            return implausible(RejectionReason.TIMESTAMP_INVALID, "the timestamp is not a whole number of seconds");
        }
        long age = clock.instant().getEpochSecond() - seconds;
        if (age > toleranceSeconds) {
            return implausible(
                    RejectionReason.TIMESTAMP_TOO_OLD,
                    "signed " + age + " s ago; the limit is " + toleranceSeconds + " s");
        }
        if (-age > toleranceSeconds) {
            return implausible(
                    RejectionReason.TIMESTAMP_TOO_NEW,
                    "signed " + -age + " s in the future; the limit is " + toleranceSeconds + " s");
        }
        return new HeaderCheck.Plausible(new SignedHeaders(id, Instant.ofEpochSecond(seconds), signatures));
    }

    /** Returns whether a proxy joined several header lines: a normal entry has one comma, a joined one has two. */
    private static boolean isJoined(String signatures) {
        return Arrays.stream(signatures.split(" ", -1)).anyMatch(entry -> entry.indexOf(',') != entry.lastIndexOf(','));
    }

    /** Accepts only digits, without sign, blank or leading zero, so that each number has exactly one spelling. */
    private static @Nullable Long seconds(String text) {
        try {
            long seconds = Long.parseLong(text);
            return seconds >= 0 && Long.toString(seconds).equals(text) ? seconds : null;
        } catch (NumberFormatException notANumber) {
            return null;
        }
    }

    private static HeaderCheck implausible(RejectionReason reason, String detail) {
        return new HeaderCheck.Implausible(new Verification.Rejected(reason, detail));
    }

    /** The values of the three headers of one kind: id, timestamp, signatures. */
    private record HeaderSet(List<String> names, List<List<String>> values) {
        static HeaderSet of(DeliveryHeaders headers, List<String> names) {
            return new HeaderSet(
                    names,
                    List.of(headers.values(names.get(0)), headers.values(names.get(1)), headers.values(names.get(2))));
        }

        boolean isAbsent() {
            return values.stream().allMatch(List::isEmpty);
        }

        List<String> missing() {
            List<String> missing = new ArrayList<>(0);
            for (int i = 0; i < names.size(); i++) {
                if (values.get(i).isEmpty() || values.get(i).get(0).isBlank()) {
                    missing.add(names.get(i));
                }
            }
            return missing;
        }

        String only(int i) {
            return values.get(i).get(0);
        }
    }
}
