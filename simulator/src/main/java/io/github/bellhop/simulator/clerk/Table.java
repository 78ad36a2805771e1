package io.github.bellhop.simulator.clerk;

import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The entities of one kind, by id and in the order of their creation. What is in it is never changed, only replaced by
 * a changed copy. Not safe for concurrent use: the instance's lock guards it.
 */
final class Table {
    private final String kind;
    private final List<Index> indexes;
    private final Map<String, Place> places = new HashMap<>();
    private final NavigableMap<Place, ObjectNode> rows = new TreeMap<>();
    private long number;

    /**
     * An empty table.
     *
     * @param kind what an entity of it is called in messages
     */
    Table(String kind, Index... indexes) {
        this.kind = kind;
        this.indexes = List.of(indexes);
    }

    /** Where an entity stands in the order of creation: two of one millisecond stand as they came. */
    record Place(long createdAt, long number) implements Comparable<Place> {
        @Override
        public int compareTo(Place other) {
            int byTime = Long.compare(createdAt, other.createdAt);
            return byTime != 0 ? byTime : Long.compare(number, other.number);
        }
    }

    String kind() {
        return kind;
    }

    @Nullable
    ObjectNode find(@Nullable String id) {
        Place place = id == null ? null : places.get(id);
        return place == null ? null : rows.get(place);
    }

    /**
     * The entity of this id.
     *
     * @throws ClerkRefusedException when there is none
     */
    ObjectNode get(String id) {
        ObjectNode found = find(id);
        if (found == null) {
            throw ClerkRefusedException.notFound(kind, id);
        }
        return found;
    }

    @Nullable
    Place place(String id) {
        return places.get(id);
    }

    /** Adds an entity, or takes it in the place of the one with its id. */
    void put(ObjectNode entity) {
        String id = entity.path("id").stringValue();
        Place old = places.get(id);
        long createdAt = entity.path("created_at").asLong(0);
        Place place = new Place(createdAt, old == null ? ++number : old.number());
        if (old != null) {
            drop(old);
        }
        places.put(id, place);
        rows.put(place, entity);
        indexes.forEach(index -> index.add(place, entity));
    }

    void remove(String id) {
        Place place = places.remove(id);
        if (place != null) {
            drop(place);
        }
    }

    void removeAll(List<ObjectNode> entities) {
        entities.forEach(entity -> remove(entity.path("id").stringValue()));
    }

    private void drop(Place place) {
        ObjectNode entity = rows.remove(place);
        if (entity != null) {
            indexes.forEach(index -> index.remove(place, entity));
        }
    }

    /** All entities in the order of their creation; a view. */
    NavigableMap<Place, ObjectNode> rows() {
        return rows;
    }

    /** Finds a table's entities by something in them, in the order of their creation. Guarded like its table. */
    static final class Index {
        private final Function<ObjectNode, List<String>> keys;
        private final Map<String, NavigableMap<Place, ObjectNode>> rows = new HashMap<>();

        /** An index by any number of keys of each entity. */
        Index(Function<ObjectNode, List<String>> keys) {
            this.keys = keys;
        }

        /** An index by the text at a place in each entity; those without are not found by it. */
        static Index at(String pointer) {
            return new Index(entity -> {
                JsonNode value = entity.at(pointer);
                return value.isString() ? List.of(value.stringValue()) : List.of();
            });
        }

        void add(Place place, ObjectNode entity) {
            for (String key : keys.apply(entity)) {
                rows.computeIfAbsent(key, fresh -> new TreeMap<>()).put(place, entity);
            }
        }

        void remove(Place place, ObjectNode entity) {
            for (String key : keys.apply(entity)) {
                rows.computeIfPresent(key, (same, found) -> {
                    found.remove(place);
                    return found.isEmpty() ? null : found;
                });
            }
        }

        /** The entities with a key; a view. */
        NavigableMap<Place, ObjectNode> of(String key) {
            return rows.getOrDefault(key, Collections.emptyNavigableMap());
        }

        /** A copy of the list of entities with a key, which stays as it is while they change. */
        List<ObjectNode> list(String key) {
            return List.copyOf(of(key).values());
        }

        @Nullable
        ObjectNode first(String key) {
            NavigableMap<Place, ObjectNode> found = of(key);
            return found.isEmpty() ? null : found.firstEntry().getValue();
        }
    }
}
