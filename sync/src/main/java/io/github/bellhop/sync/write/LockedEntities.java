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
 * What other transactions hold: rows, tables, and entities that are being deleted. Who once waited in vain finds out here
 * what for; from then on nobody waits for it, but asks again after a second whether it is still held. Thread-safe.
 *
 * @hidden
 */
public final class LockedEntities {
    private static final Logger log = LoggerFactory.getLogger(LockedEntities.class);

    private static final Duration ASK_AGAIN = Duration.ofSeconds(1);

    /** What nobody has asked about for so long is forgotten. */
    private static final Duration FORGET = Duration.ofMinutes(1);

    private static final Duration FIRST_WAIT = Duration.ofSeconds(1);
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(30);

    private final Database database;
    private final InstantSource clock;

    /** When each was last seen to be held. */
    private final Map<Hold, Instant> seen = new ConcurrentHashMap<>();

    /** Nothing is known to be held. */
    LockedEntities(Database database, InstantSource clock) {
        this.database = database;
        this.clock = clock;
    }

    /** Whether nothing is known to be held. */
    boolean isNone() {
        return seen.isEmpty();
    }

    /** Those of the projections that cannot be written now, since somebody holds what they need. */
    Set<Projection> among(Collection<Projection> projections) {
        if (seen.isEmpty()) {
            return Set.of();
        }
        List<Projection> suspects = projections.stream().filter(this::isHeld).toList();
        if (suspects.isEmpty()) {
            return Set.of();
        }
        Instant old = clock.instant().minus(ASK_AGAIN);
        boolean askAgain = suspects.stream()
                .flatMap(LockedEntities::needs)
                .map(seen::get)
                .anyMatch(at -> at != null && !at.isAfter(old));
        if (askAgain) {
            boolean unused = ask(suspects);
            suspects = suspects.stream().filter(this::isHeld).toList();
        }
        Set<Projection> held = Collections.newSetFromMap(new IdentityHashMap<>());
        held.addAll(suspects);
        return held;
    }

    /** Whether somebody was seen a moment ago to hold what this needs. Asks nobody. */
    public boolean isJustSeen(Projection projection) {
        Instant old = clock.instant().minus(ASK_AGAIN);
        return !seen.isEmpty() && needs(projection).map(seen::get).anyMatch(at -> at != null && at.isAfter(old));
    }

    /** This could be written, so nobody holds what it needs. */
    public void written(Projection projection) {
        if (!seen.isEmpty()) {
            needs(projection).forEach(seen::remove);
        }
    }

    /**
     * Finds out what is held of what these need, and remembers it.
     *
     * @return whether anything is
     */
    public boolean ask(Collection<Projection> projections) {
        Set<Hold> held;
        try {
            held = database.findLocked(projections);
        } catch (StoreException unknown) {
            log.debug("What is locked cannot be found out: {}", unknown.brief());
            return false;
        }
        Instant now = clock.instant();
        seen.values().removeIf(at -> at.isBefore(now.minus(FORGET)));
        if (seen.isEmpty() && !held.isEmpty()) {
            Hold first = Collections.min(held, Comparator.comparing(Hold::kind));
            log.warn(
                    "Another transaction locks a {} of {} that messages need, and {} more. These messages wait; all others"
                            + " are mirrored",
                    first.kind() == Hold.Kind.TABLE ? "table" : "row",
                    first.key().entity(),
                    held.size() - 1);
        }
        projections.stream().flatMap(LockedEntities::needs).forEach(seen::remove);
        held.forEach(hold -> seen.put(hold, now));
        return !held.isEmpty();
    }

    /** How long a message is left alone that came at the given time: the longer it waits, the less often it is tried. */
    public Duration pause(Instant receivedAt) {
        Duration quarter = Duration.between(receivedAt, clock.instant()).dividedBy(4);
        if (quarter.compareTo(FIRST_WAIT) < 0) {
            return FIRST_WAIT;
        }
        return quarter.compareTo(LONGEST_WAIT) > 0 ? LONGEST_WAIT : quarter;
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
