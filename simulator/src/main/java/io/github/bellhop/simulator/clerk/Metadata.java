package io.github.bellhop.simulator.clerk;

import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** How metadata changes: by merging, in which null removes a key at any depth, or by replacing what is given. */
final class Metadata {
    static final List<String> OF_A_USER = List.of("public_metadata", "private_metadata", "unsafe_metadata");
    static final List<String> OF_OTHERS = List.of("public_metadata", "private_metadata");

    private Metadata() {}

    /** Merges what is given into what an entity has. */
    static void merge(ObjectNode entity, Params params, List<String> kinds) {
        for (String kind : kinds) {
            ObjectNode change = params.object(kind);
            if (change != null) {
                ObjectNode merged = entity.path(kind) instanceof ObjectNode old ? old : entity.putObject(kind);
                merge(merged, change);
            }
        }
    }

    /** Replaces what is given, null by nothing at all. */
    static void replace(ObjectNode entity, Params params, List<String> kinds) {
        for (String kind : kinds) {
            ObjectNode change = params.object(kind);
            if (change != null) {
                entity.set(kind, change.deepCopy());
            } else if (params.has(kind)) {
                entity.putObject(kind);
            }
        }
    }

    private static void merge(ObjectNode old, ObjectNode change) {
        change.properties().forEach(property -> {
            String key = property.getKey();
            JsonNode value = property.getValue();
            if (value.isNull()) {
                old.remove(key);
            } else if (value instanceof ObjectNode deeper) {
                ObjectNode target = old.path(key) instanceof ObjectNode there ? there : old.putObject(key);
                merge(target, deeper);
            } else {
                old.set(key, value.deepCopy());
            }
        });
    }
}
