package io.github.bellhop.sync.mirror;

import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What one message means for the mirror, computed before any database is touched.
 *
 * @param rows     rows to write, nested copies included; empty for a deletion
 * @param deletion the entity that the message deletes, if it does
 * @param audit    the line for the audit log, if the message is about a session
 * @param subject  the user that the message is about; null when it is about none
 * @param mentioned another user of whom it tells something: who sent an invitation; else null
 * @param misfits  how many values did not fit their columns and became null
 * @param lane     the natural key of its entity, if its table has one and the message tells it
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

    /** The same without what it tells of another user than the one that it is about. */
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

    /** The person and the entity that the message is about. */
    public Stream<EntityKey> subjects() {
        return Stream.of(
                        subject == null ? null : ClerkTables.USERS.key(subject),
                        deletion == null ? null : deletion.key(),
                        rows.isEmpty() ? null : rows.get(0).key())
                .filter(Objects::nonNull);
    }

    /** Whether nothing is to be mirrored. */
    public boolean isEmpty() {
        return rows.isEmpty() && deletion == null && audit == null;
    }

    /**
     * A deletion, which acts by id whatever the row's version is.
     *
     * @param table     the entity's table
     * @param id        the entity's id
     * @param deletedAt when, in milliseconds: the envelope's time
     */
    public record Deletion(MirrorTable table, String id, long deletedAt) {
        /** The entity's key. */
        public EntityKey key() {
            return table.key(id);
        }
    }

    /**
     * One line of {@code clerk_audit_log}.
     *
     * @param messageId  the message
     * @param type       the event's type
     * @param occurredAt when, by the envelope
     * @param userId     whose session
     * @param sessionId  which session
     * @param clientIp   from where, as Clerk saw it
     * @param userAgent  with what
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
