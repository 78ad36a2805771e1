package io.github.bellhop.sync.mirror;

import org.jspecify.annotations.Nullable;

/**
 * The place of a state in its entity's total order, as a text whose bytewise order is that order: a full object before
 * a nested copy, then {@code updated_at}, then the status rank, then the envelope's time, then the message's id. The
 * highest wins, in whatever order messages come.
 *
 * @param text what the column {@code bellhop_version} holds
 * @hidden
 */
public record Version(String text) implements Comparable<Version> {
    /** Whether a state is the event's own object or a copy inside another entity's. */
    public enum Copy {
        /** Inside another entity: may lack keys, only ever fills a row that no full object has written. */
        NESTED,
        /** The event's own object. */
        FULL
    }

    /**
     * Makes one.
     *
     * @param updatedAt  {@code updated_at} in milliseconds, null when absent: then the envelope's time stands for it
     * @param rank       the rank of the status, 0 where the family has none; at most 99
     * @param occurredAt the envelope's time in milliseconds, null when absent or for a row of the Backend API
     * @param messageId  the message's id, empty for a row of the Backend API
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

    /** Whether it is the version of a copy inside another entity. */
    public boolean isNested() {
        return text.charAt(0) == '0';
    }

    @Override
    public int compareTo(Version other) {
        return text.compareTo(other.text);
    }
}
