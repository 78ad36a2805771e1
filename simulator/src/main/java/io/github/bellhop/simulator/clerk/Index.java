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

/** Finds a table's entities by something in them, in the order of their creation. Guarded like its table. */
final class Index {
    private final Function<ObjectNode, List<String>> keys;
    private final Map<String, NavigableMap<Table.Place, ObjectNode>> rows = new HashMap<>();

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

    void add(Table.Place place, ObjectNode entity) {
        for (String key : keys.apply(entity)) {
            rows.computeIfAbsent(key, fresh -> new TreeMap<>()).put(place, entity);
        }
    }

    void remove(Table.Place place, ObjectNode entity) {
        for (String key : keys.apply(entity)) {
            rows.computeIfPresent(key, (same, found) -> {
                found.remove(place);
                return found.isEmpty() ? null : found;
            });
        }
    }

    /** The entities with a key; a view. */
    NavigableMap<Table.Place, ObjectNode> of(String key) {
        return rows.getOrDefault(key, Collections.emptyNavigableMap());
    }

    /** A copy of the list of entities with a key, which stays as it is while they change. */
    List<ObjectNode> list(String key) {
        return List.copyOf(of(key).values());
    }

    @Nullable
    ObjectNode first(String key) {
        NavigableMap<Table.Place, ObjectNode> found = of(key);
        return found.isEmpty() ? null : found.firstEntry().getValue();
    }
}
