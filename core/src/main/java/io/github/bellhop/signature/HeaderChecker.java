package io.github.bellhop.signature;

import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Judges the signature headers: complete, single, well-formed, recent.
 *
 * @param toleranceSeconds how far a timestamp may be off, inclusive
 */
record HeaderChecker(InstantSource clock, long toleranceSeconds) {
    private static final List<String> BRANDED = List.of("svix-id", "svix-timestamp", "svix-signature");
    private static final List<String> UNBRANDED = List.of("webhook-id", "webhook-timestamp", "webhook-signature");

    /** A dot would let one signature stand for two messages, since the dot separates the signed parts. */
    private static final Pattern ID = Pattern.compile("[!-\\-/-~]{0,255}");

    HeaderCheck check(DeliveryHeaders headers) {
        // A complete set of one kind. A partial svix-* set beside a full webhook-* one would leave it to the
        // sender which id counts, so any svix-* header decides for that kind.
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
                return implausible(RejectionReason.INVALID_HEADERS, set.names().get(i) + " came more than once");
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

    /** An entry has one comma; one with two is what a proxy makes when it joins header lines. */
    private static boolean isJoined(String signatures) {
        return Arrays.stream(signatures.split(" ", -1)).anyMatch(entry -> entry.indexOf(',') != entry.lastIndexOf(','));
    }

    /** Plain digits without sign, blank or leading zero, so that the text is the number's only one. */
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
