package io.github.bellhop.sync.mirror;

import io.github.bellhop.event.Envelope;
import io.github.bellhop.sync.mirror.Projection.AuditEntry;
import io.github.bellhop.sync.mirror.Projection.Deletion;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Makes a payload into rows, by the declarations of {@link ClerkTables}. Pure and thread-safe: it runs on the
 * receiving threads, so that the one writer has only to write.
 */
public final class Projector {
    /** The events of this family are the sign-ins and sign-outs. */
    private static final String AUDITED_FAMILY = "session";

    private final RowReader rows;

    /** A projector under the user's settings. */
    public Projector(MirrorSettings settings) {
        rows = new RowReader(settings);
    }

    /**
     * What the message means for the mirror.
     *
     * @param envelope   the message's envelope, with a type and an entity id
     * @param receivedAt when it came: the time of a deletion whose envelope has none
     * @return null when the event's family is kept but not mirrored
     */
    public @Nullable Projection project(String messageId, Envelope envelope, Instant receivedAt, byte[] payload) {
        String type = envelope.type();
        String id = envelope.entityId();
        MirrorTable table = type == null ? null : ClerkTables.ofFamily(EventFamily.of(type));
        if (type == null || id == null || table == null) {
            return null;
        }
        Instant occurredAt = envelope.occurredAt() == null ? receivedAt : envelope.occurredAt();
        if (type.endsWith(".deleted")) {
            return new Projection(
                    List.of(), new Deletion(table, StorableText.of(id), occurredAt.toEpochMilli()), null, 0);
        }
        Map<String, @Nullable Object> root = PayloadTree.read(payload);
        if (!(root.get("data") instanceof Map<?, ?> data)) {
            return null;
        }
        @SuppressWarnings("unchecked") // the tree's objects have texts for keys
        Map<String, @Nullable Object> entity = (Map<String, @Nullable Object>) data;
        RowReader.Reading reading = rows.reading(messageId, envelope.occurredAt(), root);
        List<EntityRow> found = new ArrayList<>(2);
        reading.rows(table, entity, found);
        AuditEntry audit =
                table.families().contains(AUDITED_FAMILY) ? audit(messageId, type, envelope, occurredAt, entity) : null;
        return new Projection(found, null, audit, reading.misfits());
    }

    private static AuditEntry audit(
            String messageId,
            String type,
            Envelope envelope,
            Instant occurredAt,
            Map<String, @Nullable Object> session) {
        return new AuditEntry(
                messageId,
                StorableText.of(type),
                occurredAt,
                session.get("user_id") instanceof String user
                                && !user.isEmpty()
                                && user.length() <= ColumnValue.MAX_ID_LENGTH
                        ? user
                        : null,
                session.get("id") instanceof String id ? id : null,
                cleaned(envelope.clientIp()),
                cleaned(envelope.userAgent()));
    }

    private static @Nullable String cleaned(@Nullable String text) {
        return text == null ? null : StorableText.of(text);
    }
}
