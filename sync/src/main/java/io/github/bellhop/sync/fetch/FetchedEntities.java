package io.github.bellhop.sync.fetch;

import io.github.bellhop.sync.mirror.MirrorTable;
import io.github.bellhop.sync.mirror.Projection;
import io.github.bellhop.sync.mirror.Projector;
import io.github.bellhop.sync.store.Database;
import io.github.bellhop.sync.store.MirrorSql;
import io.github.bellhop.sync.write.MirrorWriter;
import java.time.InstantSource;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Writes fetched entities to the mirror by the same rules as messages, with versions and tombstones. */
final class FetchedEntities {
    /** The maximum number of attempts for a transaction that conflicts with another. */
    private static final int MAX_ATTEMPTS = 3;

    private final Database database;
    private final Projector projector;
    private final MirrorWriter mirror;
    private final InstantSource clock;

    FetchedEntities(Database database, Projector projector, MirrorWriter mirror, InstantSource clock) {
        this.database = database;
        this.projector = projector;
        this.mirror = mirror;
        this.clock = clock;
    }

    /**
     * Returns {@code MIRRORED} or {@code MISSING} if the mirror has the entity or its tombstone; empty if it must be
     * fetched.
     */
    Optional<Fetched.Kind> known(MirrorTable table, String id) {
        return database.read(connection -> {
            if (MirrorSql.isDeleted(connection, table.key(id))) {
                return Optional.of(Fetched.Kind.MISSING);
            }
            return MirrorSql.version(connection, table, id)
                    .filter(version -> !version.isNested())
                    .map(whole -> Fetched.Kind.MIRRORED);
        });
    }

    /** Returns the entity's rows; null if the bytes are not JSON or describe another object. */
    @Nullable
    Projection read(MirrorTable table, String id, byte[] json) {
        try {
            return projector.projectFetched(table, id, json);
        } catch (RuntimeException unreadable) {
            return null;
        }
    }

    /** Writes the rows that are not older than the mirror's rows. */
    void write(Projection projection) {
        boolean unused = database.inTransaction(MAX_ATTEMPTS, connection -> {
            mirror.apply(connection, projection, clock.instant());
            return true;
        });
    }
}
