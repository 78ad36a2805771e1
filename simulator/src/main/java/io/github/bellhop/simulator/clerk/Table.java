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
 * The entities of one kind, by id and in order of creation. Stored entities are never modified, only replaced by
 * changed copies. Not safe for concurrent use; the instance's lock guards it.
 */
final class Table {
    private final String kind;
    private final List<Index> indexes;
    private final Map<String, Place> places = new HashMap<>();
    private final NavigableMap<Place, ObjectNode> rows = new TreeMap<>();
    private long number;

    /**
     * Creates an empty table.
     *
     * @param kind the name of its entities in error messages
     */
    Table(String kind, Index... indexes) {
        this.kind = kind;
        this.indexes = List.of(indexes);
    }

    /** An entity's place in the order of creation. Within a millisecond, entities are in order of insertion. */
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
     * Returns the entity with this id.
     *
     * @throws ClerkRefusedException if there is no such entity
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

    /** Adds an entity, or replaces the one with the same id. */
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

    /** A view of all entities in order of creation. */
    NavigableMap<Place, ObjectNode> rows() {
        return rows;
    }

    /** Finds a table's entities by their content, in order of creation. Guarded by the same lock as the table. */
    static final class Index {
        private final Function<ObjectNode, List<String>> keys;
        private final Map<String, NavigableMap<Place, ObjectNode>> rows = new HashMap<>();

        /** Creates an index with any number of keys per entity. */
        Index(Function<ObjectNode, List<String>> keys) {
            this.keys = keys;
        }

        /** Creates an index on the string at a JSON pointer. Entities without that string are not indexed. */
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

        /** A view of the entities with this key. */
        NavigableMap<Place, ObjectNode> of(String key) {
            return rows.getOrDefault(key, Collections.emptyNavigableMap());
        }

        /** A copy of the list of entities with this key, unaffected by later changes. */
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
