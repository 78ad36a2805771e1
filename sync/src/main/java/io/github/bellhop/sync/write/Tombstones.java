package io.github.bellhop.sync.write;

import io.github.bellhop.sync.erase.ErasureSql;
import io.github.bellhop.sync.mirror.ClerkTables;
import io.github.bellhop.sync.mirror.EntityKey;
import io.github.bellhop.sync.mirror.EntityRow;
import io.github.bellhop.sync.mirror.Projection;
import io.github.bellhop.sync.mirror.Projection.Deletion;
import io.github.bellhop.sync.store.Dialect;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The deletions that a transaction knows of, once it has locked the entities that it touches: which entities have a
 * tombstone, since when, and which of them were erased. Not thread-safe.
 */
final class Tombstones {
    private final Map<EntityKey, Long> deletedAt;
    private final Set<EntityKey> erased;
    private Set<EntityKey> written = Set.of();

    private Tombstones(Map<EntityKey, Long> deletedAt, Set<EntityKey> erased) {
        this.deletedAt = deletedAt;
        this.erased = erased;
    }

    /** The tombstones that were found; deletions of the transaction are added to them. */
    static Tombstones of(Connection connection, Map<EntityKey, Long> found) throws SQLException {
        return new Tombstones(found, found.isEmpty() ? Set.of() : ErasureSql.erased(connection, found.keySet()));
    }

    /** The entities that have a tombstone. */
    Set<EntityKey> keys() {
        return deletedAt.keySet();
    }

    /** Writes the tombstones of these deletions. */
    void write(Dialect dialect, Connection connection, Map<EntityKey, Deletion> deletions) throws SQLException {
        written = dialect.writeTombstones(connection, deletions.values());
        deletions.forEach((key, deletion) -> deletedAt.merge(key, deletion.deletedAt(), Math::min));
    }

    /** Whether the transaction itself has written the tombstone of this deletion. */
    boolean isWritten(Deletion deletion) {
        return written.contains(deletion.key());
    }

    /** The earliest deletion of the entity itself or of a parent; null for a live one. */
    @Nullable
    Long deletedAt(EntityRow row) {
        if (deletedAt.isEmpty()) {
            return null;
        }
        return Stream.concat(Stream.of(row.key()), row.parents().stream())
                .map(deletedAt::get)
                .filter(Objects::nonNull)
                .min(Long::compare)
                .orElse(null);
    }

    /** Whether a message is about a person who was erased, or about something that was erased with the person. */
    boolean isErased(Projection projection) {
        return !erased.isEmpty() && projection.subjects().anyMatch(erased::contains);
    }

    /** The same without what it tells of an erased person who is only mentioned. */
    Projection withoutErased(Projection projection) {
        return isErased(projection.mentioned()) ? projection.withoutMention() : projection;
    }

    /** Whether a message is about a deleted user or mentions an erased one: its payload is not needed any longer. */
    boolean isPrivate(Projection projection) {
        if (deletedAt.isEmpty()) {
            return false;
        }
        String subject = projection.subject();
        return (subject != null && deletedAt.containsKey(ClerkTables.USERS.key(subject)))
                || isErased(projection.mentioned());
    }

    private boolean isErased(@Nullable String userId) {
        return userId != null && erased.contains(ClerkTables.USERS.key(userId));
    }
}
