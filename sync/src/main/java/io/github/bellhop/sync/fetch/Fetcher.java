package io.github.bellhop.sync.fetch;

import io.github.bellhop.sync.backend.BackendAnswer;
import io.github.bellhop.sync.backend.BackendApi;
import io.github.bellhop.sync.backend.BackendEntity;
import io.github.bellhop.sync.metrics.SyncMetrics;
import io.github.bellhop.sync.mirror.ClerkTables;
import io.github.bellhop.sync.mirror.EntityKey;
import io.github.bellhop.sync.mirror.MirrorTable;
import io.github.bellhop.sync.mirror.Projection;
import io.github.bellhop.sync.mirror.Projector;
import io.github.bellhop.sync.settings.SyncSettings;
import io.github.bellhop.sync.store.Database;
import io.github.bellhop.sync.store.StoreException;
import io.github.bellhop.sync.write.MirrorWriter;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.function.BooleanSupplier;

/**
 * Brings an entity that is not mirrored, or only as a copy inside another one, from Clerk's Backend API into the mirror.
 * What comes is written as a message's rows are: it never replaces a state that an event has told, and what was deleted
 * stays so and is not even asked for. No handler is called for it.
 *
 * <p>All who ask for one entity at once make one request; requests are bounded by {@link FetchSettings} and pause as
 * long as Clerk asks for; what Clerk does not know is remembered for a while. Thread-safe. A crash leaves the whole
 * entity in the mirror or nothing of it.
 */
public final class Fetcher {
    private final BackendApi clerk;
    private final MirrorEntry mirror;
    private final FetchPace pace;
    private final Misses misses;
    private final Semaphore slots;
    private final SyncMetrics metrics;
    private final Flights flights;
    private final BooleanSupplier refuses;

    /**
     * A fetcher into this database; one for all who ask, so that they share its bounds.
     *
     * @param settings the engine's own, which say what is mirrored
     * @param clerk    the API of the same instance as the messages'
     */
    public Fetcher(
            Database database, SyncSettings settings, BackendApi clerk, FetchSettings bounds, MeterRegistry registry) {
        this.clerk = clerk;
        mirror = new MirrorEntry(
                database, new Projector(settings.mirror()), new MirrorWriter(database, settings), settings.clock());
        pace = new FetchPace(bounds, settings.clock());
        misses = new Misses(bounds, settings.clock());
        slots = new Semaphore(bounds.atOnce());
        metrics = new SyncMetrics(registry);
        flights = new Flights();
        refuses = () -> false;
    }

    private Fetcher(Fetcher other, BooleanSupplier refuses) {
        clerk = other.clerk;
        mirror = other.mirror;
        pace = other.pace;
        misses = other.misses;
        slots = other.slots;
        metrics = other.metrics;
        flights = other.flights;
        this.refuses = refuses;
    }

    /**
     * The same fetcher, with the same bounds, which refuses callers that are in a transaction. They hold a connection
     * while they wait for Clerk, and to write takes a second one: as many of them as the pool has connections would wait
     * for each other.
     *
     * @param inTransaction whether the calling thread is in one
     */
    public Fetcher refusingWhile(BooleanSupplier inTransaction) {
        return new Fetcher(this, inTransaction);
    }

    /**
     * Sees to it that an entity is in the mirror. Waits for Clerk and the database.
     *
     * @return false when Clerk knows none by that id, or it was deleted
     * @throws FetchException when that cannot be told now
     * @throws StoreException when the database cannot be read or written
     */
    public boolean fetch(BackendEntity entity, String id) {
        if (refuses.getAsBoolean()) {
            throw FetchException.inTransaction(id);
        }
        Fetched fetched = outcome(entity, id);
        metrics.countFetch(fetched.kind().id());
        return switch (fetched.kind()) {
            case MIRRORED -> true;
            case MISSING, REMEMBERED -> false;
            default -> throw FetchException.of(fetched, id);
        };
    }

    private Fetched outcome(BackendEntity entity, String id) {
        if (!entity.isId(id)) {
            return Fetched.of(Fetched.Kind.MISSING);
        }
        MirrorTable table = switch (entity) {
            case USER -> ClerkTables.USERS;
            case ORGANIZATION -> ClerkTables.ORGANIZATIONS;
        };
        EntityKey key = table.key(id);
        return misses.remember(key)
                ? Fetched.of(Fetched.Kind.REMEMBERED)
                : flights.join(key, () -> fly(entity, table, key));
    }

    /** Who comes just after another has landed finds here what that one brought. */
    private Fetched fly(BackendEntity entity, MirrorTable table, EntityKey key) {
        if (misses.remember(key)) {
            return Fetched.of(Fetched.Kind.REMEMBERED);
        }
        Optional<Fetched.Kind> known = mirror.known(table, key.id());
        if (known.isPresent()) {
            return Fetched.of(known.get());
        }
        Duration wait = pace.take();
        if (!wait.isZero()) {
            return Fetched.limited(wait);
        }
        if (!slots.tryAcquire()) {
            return Fetched.limited(Duration.ofSeconds(1));
        }
        BackendAnswer answer;
        try {
            answer = clerk.get(entity, key.id());
        } finally {
            slots.release();
        }
        return answer.fold(new BackendAnswer.Cases<>(
                found -> found(table, key, found.body()),
                () -> missing(key),
                limited -> limited(limited.retryAfter()),
                refused -> Fetched.failed(Fetched.Kind.REFUSED, refused.fix()),
                Fetcher::unavailable));
    }

    private Fetched found(MirrorTable table, EntityKey key, byte[] json) {
        Projection projection = mirror.read(table, key.id(), json);
        if (projection == null) {
            return Fetched.failed(Fetched.Kind.UNAVAILABLE, "what came is not the entity's JSON");
        }
        mirror.write(projection);
        metrics.countMisfits(projection.misfits());
        return Fetched.of(Fetched.Kind.MIRRORED);
    }

    private Fetched missing(EntityKey key) {
        misses.add(key);
        return Fetched.of(Fetched.Kind.MISSING);
    }

    private Fetched limited(Duration retryAfter) {
        pace.pause(retryAfter);
        return Fetched.limited(retryAfter);
    }

    private static Fetched unavailable(BackendAnswer.Unavailable nothing) {
        return nothing.equals(BackendAnswer.Unavailable.INTERRUPTED)
                ? Fetched.of(Fetched.Kind.INTERRUPTED)
                : Fetched.failed(Fetched.Kind.UNAVAILABLE, nothing.reason());
    }
}
