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

/** Where a fetched entity goes: the same way into the mirror as a message's, with the same versions and tombstones. */
final class MirrorEntry {
    /** How often a transaction is tried that gets into another one's way. */
    private static final int MAX_ATTEMPTS = 3;

    private final Database database;
    private final Projector projector;
    private final MirrorWriter mirror;
    private final InstantSource clock;

    MirrorEntry(Database database, Projector projector, MirrorWriter mirror, InstantSource clock) {
        this.database = database;
        this.projector = projector;
        this.mirror = mirror;
        this.clock = clock;
    }

    /** What is known of an entity; empty when there is something to find out. */
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

    /** Its rows; null when the JSON is another thing's, or none at all. */
    @Nullable
    Projection read(MirrorTable table, String id, byte[] json) {
        try {
            return projector.projectFetched(table, id, json);
        } catch (RuntimeException noJson) {
            return null;
        }
    }

    /** Writes its rows where they are not behind. */
    void write(Projection projection) {
        boolean unused = database.inTransaction(MAX_ATTEMPTS, connection -> {
            mirror.apply(connection, projection, clock.instant());
            return true;
        });
    }
}
