package io.github.bellhop.sync.mirror;

import io.github.bellhop.event.Envelope;
import io.github.bellhop.event.EventType;
import io.github.bellhop.sync.mirror.Projection.AuditEntry;
import io.github.bellhop.sync.mirror.Projection.Deletion;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Converts a payload into rows, as declared in {@link ClerkTables}. Has no side effects and is thread-safe. It runs on
 * the receiving threads, so that the single writer thread only has to write.
 *
 * @hidden
 */
public final class Projector {
    /** The family of sign-ins and sign-outs. */
    private static final String AUDITED_FAMILY = "session";

    private final MirrorSettings settings;
    private final RowReader rows;

    /** Creates a projector with these settings. */
    public Projector(MirrorSettings settings) {
        this.settings = settings;
        rows = new RowReader(settings);
    }

    /**
     * Returns the message's changes to the mirror.
     *
     * @param envelope   the message's envelope, with a type and an entity id
     * @param receivedAt the time of receipt; used for a deletion whose envelope has no time
     * @return the changes; null if the message's family is kept but not mirrored and the message contains no person's
     *     id
     */
    public @Nullable Projection project(String messageId, Envelope envelope, Instant receivedAt, byte[] payload) {
        String type = envelope.type();
        String id = envelope.entityId();
        if (type == null || id == null) {
            return null;
        }
        return TreeMemory.within(payload, () -> project(messageId, envelope, type, id, receivedAt, payload));
    }

    private @Nullable Projection project(
            String messageId, Envelope envelope, String type, String id, Instant receivedAt, byte[] payload) {
        Map<String, @Nullable Object> root = PayloadTree.read(payload);
        Map<String, @Nullable Object> entity = data(root);
        if (entity == null) {
            return null;
        }
        String family = EventFamily.of(type);
        Persons persons = persons(type, id, entity);
        MirrorTable table = ClerkTables.ofFamily(family);
        if (table == null) {
            return personsOnly(persons);
        }
        Instant occurredAt = envelope.occurredAt() == null ? receivedAt : envelope.occurredAt();
        boolean audited = family.equals(AUDITED_FAMILY) && settings.tables().includes(ClerkTables.AUDIT_LOG);
        AuditEntry audit = audited ? audit(messageId, type, envelope, occurredAt, entity) : null;
        String lane = LaneKey.of(table, entity, root);
        if (isDeletion(type, entity)) {
            Deletion deletion = new Deletion(table, StorableText.of(id), occurredAt.toEpochMilli());
            return new Projection(List.of(), deletion, audit, persons.subject(), persons.mentioned(), 0, lane);
        }
        RowReader.Reading reading = rows.reading(messageId, envelope.occurredAt(), root);
        if (settings.tables().includes(table.name())) {
            reading.read(table, entity, EventType.of(type) == null);
        }
        return new Projection(
                reading.found(), null, audit, persons.subject(), persons.mentioned(), reading.misfits(), lane);
    }

    /** Returns whether the event deletes its entity: its type says so, or its data contains {@code deleted: true}. */
    private static boolean isDeletion(String type, Map<String, @Nullable Object> entity) {
        return type.endsWith(".deleted") || Boolean.TRUE.equals(entity.get("deleted"));
    }

    /**
     * Returns the changes to the mirror for an entity's JSON that was fetched, not received in an event. The entity
     * counts as a full object. It has no envelope and no message id, so these parts of its version rank lowest.
     *
     * @param json the response of Clerk's Backend API
     * @return the changes; null if it is not the JSON of this entity
     * @throws RuntimeException if it is not a JSON object
     */
    public @Nullable Projection projectFetched(MirrorTable table, String id, byte[] json) {
        return TreeMemory.within(json, () -> ofEntity(table, id, json));
    }

    private @Nullable Projection ofEntity(MirrorTable table, String id, byte[] json) {
        Map<String, @Nullable Object> entity = PayloadTree.read(json);
        if (!id.equals(entity.get("id")) || !table.entity().equals(entity.get("object"))) {
            return null;
        }
        RowReader.Reading reading = rows.reading("", null, entity);
        reading.read(table, entity, false);
        Persons persons = Persons.of(table.entity(), id, entity);
        return new Projection(
                reading.found(), null, null, persons.subject(), persons.mentioned(), reading.misfits(), null);
    }

    /**
     * Returns the natural key of a message's entity.
     *
     * @param payload a JSON object
     * @return the key; null if the entity's table has no key, the message does not contain it, or the payload is too
     *     large to read
     */
    public static @Nullable String lane(@Nullable String type, byte[] payload) {
        MirrorTable table = ClerkTables.ofType(type);
        return table == null || table.lanes().isEmpty() || isTooLarge(payload)
                ? null
                : TreeMemory.within(payload, () -> {
                    Map<String, @Nullable Object> root = PayloadTree.read(payload);
                    Map<String, @Nullable Object> entity = data(root);
                    return entity == null ? null : LaneKey.of(table, entity, root);
                });
    }

    /**
     * Returns whether a payload's tree could need more memory than this process allows for one tree. Such a payload is
     * not read.
     */
    public static boolean isTooLarge(byte[] payload) {
        return TreeMemory.isTooLarge(payload);
    }

    /**
     * Returns a projection for a message that is not applied. It contains only the ids of the people whose data the
     * message contains. Returns null if the message contains no person's id or is too large to read.
     */
    public static @Nullable Projection personsOnly(Envelope envelope, byte[] payload) {
        String type = envelope.type();
        return type == null || isTooLarge(payload)
                ? null
                : TreeMemory.within(payload, () -> {
                    Map<String, @Nullable Object> entity = data(PayloadTree.read(payload));
                    return entity == null ? null : personsOnly(persons(type, envelope.entityId(), entity));
                });
    }

    private static @Nullable Projection personsOnly(Persons persons) {
        return persons.equals(Persons.NOBODY)
                ? null
                : new Projection(List.of(), null, null, persons.subject(), persons.mentioned(), 0, null);
    }

    private static Persons persons(String type, @Nullable String id, Map<String, @Nullable Object> entity) {
        return Persons.of(EventFamily.of(type), StorableText.id(id), entity);
    }

    @SuppressWarnings("unchecked") // the keys of the tree's objects are strings
    private static @Nullable Map<String, @Nullable Object> data(Map<String, @Nullable Object> root) {
        return root.get("data") instanceof Map<?, ?> data ? (Map<String, @Nullable Object>) data : null;
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
                session.get("user_id") instanceof String user && ClerkIds.isValid(ClerkTables.USERS, user)
                        ? user
                        : null,
                session.get("id") instanceof String id ? id : null,
                StorableText.orNull(envelope.clientIp()),
                StorableText.orNull(envelope.userAgent()));
    }
}
