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
 * Fetches an entity from Clerk's Backend API and mirrors it, if the mirror has no row for it or only a stub. Versions
 * are compared as for messages: a fetched entity never replaces an equally new or newer state from an event. Deleted
 * entities stay deleted and are not requested. No handler is called.
 *
 * <p>Concurrent calls for the same entity share one request. Requests are limited by {@link FetchSettings} and pause
 * for as long as Clerk asks. The fetcher remembers for a while which entities Clerk does not have. After a crash, the
 * mirror contains either the complete entity or no part of it. Thread-safe.
 */
public final class Fetcher {
    private final BackendApi clerk;
    private final FetchedEntities mirror;
    private final FetchRateLimiter rateLimiter;
    private final Misses misses;
    private final Semaphore slots;
    private final SyncMetrics metrics;
    private final SingleFlight singleFlight;
    private final BooleanSupplier refuses;

    /**
     * Creates a fetcher for this database. Use a single fetcher, so that all callers share its limits.
     *
     * @param settings the engine's settings, which define what is mirrored
     * @param clerk    the API of the Clerk instance that sends the messages
     */
    public Fetcher(
            Database database, SyncSettings settings, BackendApi clerk, FetchSettings limits, MeterRegistry registry) {
        this.clerk = clerk;
        mirror = new FetchedEntities(
                database, new Projector(settings.mirror()), new MirrorWriter(database, settings), settings.clock());
        rateLimiter = new FetchRateLimiter(limits, settings.clock());
        misses = new Misses(limits, settings.clock());
        slots = new Semaphore(limits.atOnce());
        metrics = new SyncMetrics(registry);
        singleFlight = new SingleFlight();
        refuses = () -> false;
    }

    private Fetcher(Fetcher other, BooleanSupplier refuses) {
        clerk = other.clerk;
        mirror = other.mirror;
        rateLimiter = other.rateLimiter;
        misses = other.misses;
        slots = other.slots;
        metrics = other.metrics;
        singleFlight = other.singleFlight;
        this.refuses = refuses;
    }

    /**
     * Returns a fetcher that shares this fetcher's limits and refuses callers that are in a transaction. Such a caller
     * holds a connection while it waits for Clerk, and needs a second connection to write. If such callers hold all
     * connections of the pool, they deadlock.
     *
     * @param inTransaction returns whether the calling thread is in a transaction
     */
    public Fetcher refusingWhile(BooleanSupplier inTransaction) {
        return new Fetcher(this, inTransaction);
    }

    /**
     * Ensures that an entity is in the mirror. Blocks while it waits for Clerk and the database.
     *
     * @return false if Clerk has no entity with that id, or it was deleted
     * @throws FetchException if this cannot currently be determined
     * @throws StoreException if the database cannot be read or written
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
        return misses.contains(key)
                ? Fetched.of(Fetched.Kind.REMEMBERED)
                : singleFlight.run(key, () -> fetchOnce(entity, table, key));
    }

    /** A caller that arrives just after another fetch has finished uses that fetch's result and makes no request. */
    private Fetched fetchOnce(BackendEntity entity, MirrorTable table, EntityKey key) {
        if (misses.contains(key)) {
            return Fetched.of(Fetched.Kind.REMEMBERED);
        }
        Optional<Fetched.Kind> known = mirror.known(table, key.id());
        if (known.isPresent()) {
            return Fetched.of(known.get());
        }
        Duration wait = rateLimiter.take();
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
            return Fetched.failed(Fetched.Kind.UNAVAILABLE, "the answer is not the entity's JSON");
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
        rateLimiter.pause(retryAfter);
        return Fetched.limited(retryAfter);
    }

    private static Fetched unavailable(BackendAnswer.Unavailable unavailable) {
        return unavailable.equals(BackendAnswer.Unavailable.INTERRUPTED)
                ? Fetched.of(Fetched.Kind.INTERRUPTED)
                : Fetched.failed(Fetched.Kind.UNAVAILABLE, unavailable.reason());
    }
}
