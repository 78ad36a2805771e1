package io.github.bellhop.signature;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Judges the signature headers: complete, single, well-formed, recent. */
final class HeaderChecker {
    private static final List<String> BRANDED = List.of("svix-id", "svix-timestamp", "svix-signature");
    private static final List<String> UNBRANDED = List.of("webhook-id", "webhook-timestamp", "webhook-signature");
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
        HeaderSet branded = HeaderSet.of(headers, BRANDED);
        if (!branded.isAbsent()) {
            return check(branded);
        }
        HeaderSet unbranded = HeaderSet.of(headers, UNBRANDED);
        return check(unbranded.isAbsent() ? branded : unbranded);
    }

    private HeaderCheck check(HeaderSet set) {
        for (int i = 0; i < set.names().size(); i++) {
            if (set.values(i).size() > 1) {
                return implausible(RejectionReason.INVALID_HEADERS, set.names().get(i) + " came more than once");
            }
        }
        if (!set.isComplete()) {
            return implausible(RejectionReason.MISSING_HEADERS, "missing: " + String.join(", ", set.missing()));
        }
        return check(set.ids().get(0), set.timestamps().get(0), set.signatures().get(0));
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
        boolean usable = id.length() <= MAX_ID_LENGTH;
        for (int i = 0; usable && i < id.length(); i++) {
            char c = id.charAt(i);
            usable = c > ' ' && c < 0x7F && c != '.';
        }
        return usable;
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
        if (text.length() > MAX_TIMESTAMP_DIGITS || (text.length() > 1 && text.charAt(0) == '0')) {
            return null;
        }
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) < '0' || text.charAt(i) > '9') {
                return null;
            }
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

    /** The values of the three headers of one kind. */
    private record HeaderSet(List<String> names, List<String> ids, List<String> timestamps, List<String> signatures) {
        static HeaderSet of(DeliveryHeaders headers, List<String> names) {
            return new HeaderSet(
                    names, headers.values(names.get(0)), headers.values(names.get(1)), headers.values(names.get(2)));
        }

        List<String> values(int i) {
            return i == 0 ? ids : i == 1 ? timestamps : signatures;
        }

        boolean isAbsent() {
            return ids.isEmpty() && timestamps.isEmpty() && signatures.isEmpty();
        }

        boolean isComplete() {
            return isThere(ids) && isThere(timestamps) && isThere(signatures);
        }

        List<String> missing() {
            List<String> missing = new ArrayList<>();
            for (int i = 0; i < names.size(); i++) {
                if (!isThere(values(i))) {
                    missing.add(names.get(i));
                }
            }
            return missing;
        }

        private static boolean isThere(List<String> values) {
            return !values.isEmpty() && !values.get(0).isBlank();
        }
    }
}
