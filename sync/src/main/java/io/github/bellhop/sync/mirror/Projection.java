package io.github.bellhop.sync.mirror;

import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The changes that one message makes to the mirror, computed without a database.
 *
 * @param rows     the rows to write, including nested copies; empty for a deletion
 * @param deletion the deletion, if the message deletes an entity
 * @param audit    the entry for the audit log, if the message is about a session
 * @param subject  the user whom the message is about; null if there is no such user
 * @param mentioned another user whose data the message contains, such as the sender of an invitation; null if
 *                  there is no such user
 * @param misfits  the number of values that did not fit their columns and became null
 * @param lane     the natural key of the entity, if its table has one and the message contains it
 * @hidden
 */
public record Projection(
        List<EntityRow> rows,
        @Nullable Deletion deletion,
        @Nullable AuditEntry audit,
        @Nullable String subject,
        @Nullable String mentioned,
        int misfits,
        @Nullable String lane) {
    /** Copies the list. */
    public Projection {
        rows = List.copyOf(rows);
    }

    /** Returns a copy without the data of a user whom the message only mentions. */
    public Projection withoutMention() {
        return new Projection(
                rows.stream().map(EntityRow::withoutMention).toList(),
                deletion,
                audit,
                subject,
                mentioned,
                misfits,
                lane);
    }

    /** Returns the keys of the user and the entity that the message is about. */
    public Stream<EntityKey> subjects() {
        return Stream.of(
                        subject == null ? null : ClerkTables.USERS.key(subject),
                        deletion == null ? null : deletion.key(),
                        rows.isEmpty() ? null : rows.get(0).key())
                .filter(Objects::nonNull);
    }

    /** Returns whether there is nothing to mirror. */
    public boolean isEmpty() {
        return rows.isEmpty() && deletion == null && audit == null;
    }

    /**
     * A deletion. It applies to the id regardless of the row's version.
     *
     * @param table     the entity's table
     * @param id        the entity's id
     * @param deletedAt the envelope's time in milliseconds
     */
    public record Deletion(MirrorTable table, String id, long deletedAt) {
        /** The entity's key. */
        public EntityKey key() {
            return table.key(id);
        }
    }

    /**
     * An entry of {@code clerk_audit_log}.
     *
     * @param messageId  the message's id
     * @param type       the event's type
     * @param occurredAt the envelope's time
     * @param userId     the session's user
     * @param sessionId  the session's id
     * @param clientIp   the client's IP address as Clerk saw it
     * @param userAgent  the client's user agent
     */
    public record AuditEntry(
            String messageId,
            String type,
            Instant occurredAt,
            @Nullable String userId,
            @Nullable String sessionId,
            @Nullable String clientIp,
            @Nullable String userAgent) {}
}
