package io.github.bellhop.sync.mirror;

import org.jspecify.annotations.Nullable;

/**
 * The position of a state in the total order of its entity's states, as a string that sorts bytewise. A full object
 * ranks above a nested copy; ties are broken by {@code updated_at}, the status rank, the envelope's time and the
 * message's id, in this order. The highest version wins, regardless of the order of the messages.
 *
 * @param text the value of the column {@code bellhop_version}
 * @hidden
 */
public record Version(String text) implements Comparable<Version> {
    /** Whether a state is the event's own object or a copy inside another entity. */
    public enum Copy {
        /**
         * A copy inside another entity. It may lack keys, and is written only to a row that no full object has written.
         */
        NESTED,
        /** The event's own object. */
        FULL
    }

    /**
     * Creates a version.
     *
     * @param updatedAt  {@code updated_at} in milliseconds; if null, the envelope's time is used instead
     * @param rank       the rank of the status, at most 99; 0 if the family has no ranks
     * @param occurredAt the envelope's time in milliseconds; null if it is absent or the row is from the Backend API
     * @param messageId  the message's id; empty for a row from the Backend API
     */
    public static Version of(
            Copy copy, @Nullable Long updatedAt, int rank, @Nullable Long occurredAt, String messageId) {
        long envelope = occurredAt == null ? 0 : occurredAt;
        long updated = updatedAt == null ? envelope : updatedAt;
        StringBuilder text = new StringBuilder(40 + messageId.length());
        text.append(copy == Copy.FULL ? '1' : '0');
        padded(text.append('.'), updated, 15);
        padded(text.append('.'), rank, 2);
        padded(text.append('.'), envelope, 15);
        return new Version(text.append('.').append(messageId).toString());
    }

    private static void padded(StringBuilder text, long number, int width) {
        String digits = Long.toString(number);
        text.append("0".repeat(width - digits.length())).append(digits);
    }

    /** Returns whether this is the version of a copy inside another entity. */
    public boolean isNested() {
        return text.charAt(0) == '0';
    }

    @Override
    public int compareTo(Version other) {
        return text.compareTo(other.text);
    }
}
