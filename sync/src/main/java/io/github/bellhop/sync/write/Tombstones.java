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
 * The deletions that a transaction knows after it has locked its entities: which entities have a tombstone, when they
 * were deleted, and which of them were erased. Not thread-safe.
 */
final class Tombstones {
    private final Map<EntityKey, Long> deletedAt;
    private final Set<EntityKey> erased;
    private Set<EntityKey> written = Set.of();

    private Tombstones(Map<EntityKey, Long> deletedAt, Set<EntityKey> erased) {
        this.deletedAt = deletedAt;
        this.erased = erased;
    }

    /** Creates tombstones from those in the database, to which the transaction adds its own deletions. */
    static Tombstones of(Connection connection, Map<EntityKey, Long> found) throws SQLException {
        return new Tombstones(found, found.isEmpty() ? Set.of() : ErasureSql.erased(connection, found.keySet()));
    }

    /** Returns the entities that have a tombstone. */
    Set<EntityKey> keys() {
        return deletedAt.keySet();
    }

    /** Writes the tombstones of these deletions. */
    void write(Dialect dialect, Connection connection, Map<EntityKey, Deletion> deletions) throws SQLException {
        written = dialect.writeTombstones(connection, deletions.values());
        deletions.forEach((key, deletion) -> deletedAt.merge(key, deletion.deletedAt(), Math::min));
    }

    /** Returns whether this transaction has written the tombstone of the deletion. */
    boolean isWritten(Deletion deletion) {
        return written.contains(deletion.key());
    }

    /** Returns the earliest time of deletion of the entity or a parent; null if none has been deleted. */
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

    /** Returns whether a message is about an erased person, or an entity that was erased with the person. */
    boolean isErased(Projection projection) {
        return !erased.isEmpty() && projection.subjects().anyMatch(erased::contains);
    }

    /** Returns the projection without the data of a mentioned person who was erased. */
    Projection withoutErased(Projection projection) {
        return isErased(projection.mentioned()) ? projection.withoutMention() : projection;
    }

    /**
     * Returns whether a message is about a deleted user or mentions an erased one; if so, its payload must not be kept.
     */
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
