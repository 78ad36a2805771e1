package io.github.bellhop.sync.write;

import io.github.bellhop.sync.mirror.EntityRow;
import io.github.bellhop.sync.mirror.EntityRow.ChildSet;
import io.github.bellhop.sync.mirror.Projection;
import io.github.bellhop.sync.mirror.TouchedEntities;
import io.github.bellhop.sync.store.Database;
import io.github.bellhop.sync.store.Dialect.Hold;
import io.github.bellhop.sync.store.StoreException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The locks that other transactions hold: on rows, tables, and entities that are being deleted. After a lock timeout,
 * the held locks are recorded here. Later batches do not wait for them, but check once a second whether they are still
 * held. Thread-safe.
 *
 * @hidden
 */
public final class LockedEntities {
    private static final Logger log = LoggerFactory.getLogger(LockedEntities.class);

    private static final Duration RECHECK_INTERVAL = Duration.ofSeconds(1);

    /** Locks that have not been seen for this long are forgotten. */
    private static final Duration EXPIRY = Duration.ofMinutes(1);

    private static final Duration MIN_PAUSE = Duration.ofSeconds(1);
    private static final Duration MAX_PAUSE = Duration.ofSeconds(30);

    private final Database database;
    private final InstantSource clock;

    /** When each lock was last seen. */
    private final Map<Hold, Instant> seen = new ConcurrentHashMap<>();

    /** Creates an object that knows no locks yet. */
    LockedEntities(Database database, InstantSource clock) {
        this.database = database;
        this.clock = clock;
    }

    /** Returns whether no locks are known. */
    boolean isEmpty() {
        return seen.isEmpty();
    }

    /** Returns the projections that cannot be written now because another transaction holds a lock that they need. */
    Set<Projection> findLocked(Collection<Projection> projections) {
        if (seen.isEmpty()) {
            return Set.of();
        }
        List<Projection> candidates = projections.stream().filter(this::isHeld).toList();
        if (candidates.isEmpty()) {
            return Set.of();
        }
        Instant threshold = clock.instant().minus(RECHECK_INTERVAL);
        boolean recheck = candidates.stream()
                .flatMap(LockedEntities::needs)
                .map(seen::get)
                .anyMatch(at -> at != null && !at.isAfter(threshold));
        if (recheck) {
            boolean unused = refresh(candidates);
            candidates = candidates.stream().filter(this::isHeld).toList();
        }
        Set<Projection> held = Collections.newSetFromMap(new IdentityHashMap<>());
        held.addAll(candidates);
        return held;
    }

    /**
     * Returns whether a lock that this projection needs was held within the last second. Does not query the database.
     */
    public boolean isRecentlyLocked(Projection projection) {
        Instant threshold = clock.instant().minus(RECHECK_INTERVAL);
        return !seen.isEmpty() && needs(projection).map(seen::get).anyMatch(at -> at != null && at.isAfter(threshold));
    }

    /** Forgets the locks that this projection needs, because it has been written. */
    public void forget(Projection projection) {
        if (!seen.isEmpty()) {
            needs(projection).forEach(seen::remove);
        }
    }

    /**
     * Queries the locks that these projections need, and records those that are held.
     *
     * @return whether any lock is held
     */
    public boolean refresh(Collection<Projection> projections) {
        Set<Hold> held;
        try {
            held = database.findLocked(projections);
        } catch (StoreException fault) {
            log.debug("The held locks could not be queried: {}", fault.brief());
            return false;
        }
        Instant now = clock.instant();
        seen.values().removeIf(at -> at.isBefore(now.minus(EXPIRY)));
        if (seen.isEmpty() && !held.isEmpty()) {
            Hold first = Collections.min(held, Comparator.comparing(Hold::kind));
            log.warn(
                    "Another transaction has locked {} {} (locks in all: {}). Messages that need a locked row or table"
                            + " wait; all others are mirrored",
                    first.kind() == Hold.Kind.TABLE ? "the table" : "a row of type",
                    first.key().entity(),
                    held.size());
        }
        projections.stream().flatMap(LockedEntities::needs).forEach(seen::remove);
        held.forEach(hold -> seen.put(hold, now));
        return !held.isEmpty();
    }

    /**
     * Returns how long to wait before the next attempt for a message received at this time. The delay grows with the
     * message's age.
     */
    public Duration pause(Instant receivedAt) {
        Duration quarter = Duration.between(receivedAt, clock.instant()).dividedBy(4);
        if (quarter.compareTo(MIN_PAUSE) < 0) {
            return MIN_PAUSE;
        }
        return quarter.compareTo(MAX_PAUSE) > 0 ? MAX_PAUSE : quarter;
    }

    private boolean isHeld(Projection projection) {
        return needs(projection).anyMatch(seen::containsKey);
    }

    private static Stream<Hold> needs(Projection projection) {
        Stream<Hold> rows = projection.rows().stream().flatMap(LockedEntities::needs);
        TouchedEntities touched = TouchedEntities.by(List.of(projection));
        Stream<Hold> entities = Stream.concat(touched.written().stream(), touched.deleted().stream())
                .map(key -> new Hold(Hold.Kind.ENTITY, key));
        Stream<Hold> deletion = projection.deletion() == null
                ? Stream.empty()
                : Stream.of(
                        new Hold(Hold.Kind.ROW, projection.deletion().key()),
                        Hold.table(projection.deletion().table().name()));
        Stream<Hold> audit = projection.audit() == null ? Stream.empty() : Stream.of(Hold.table("clerk_audit_log"));
        return Stream.of(rows, entities, deletion, audit).flatMap(holds -> holds);
    }

    private static Stream<Hold> needs(EntityRow row) {
        Stream<Hold> own = Stream.of(
                new Hold(Hold.Kind.ROW, row.key()), Hold.table(row.table().name()));
        return Stream.concat(own, row.childSets().stream().map(ChildSet::table).map(table -> Hold.table(table.name())));
    }
}
