package io.github.bellhop.sync.write;

import io.github.bellhop.sync.mirror.EntityRow;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Splits a batch's rows of one table into passes. No pass contains an entity twice, because databases reject that in
 * one statement. Lower versions of an entity are written before higher ones, so that columns that only the lower one
 * has are kept. Of nested copies, only the one with the highest version is written, because many members may join one
 * organization at once.
 */
final class WritePasses {
    private WritePasses() {}

    static List<List<EntityRow>> of(List<EntityRow> rows) {
        Map<String, List<EntityRow>> byId = new HashMap<>();
        rows.forEach(
                row -> byId.computeIfAbsent(row.id(), id -> new ArrayList<>(1)).add(row));
        List<List<EntityRow>> passes = new ArrayList<>();
        for (List<EntityRow> entityRows : byId.values()) {
            entityRows.sort(Comparator.comparing(EntityRow::version));
            int first = 0;
            while (first + 1 < entityRows.size()
                    && entityRows.get(first + 1).version().isNested()) {
                first++;
            }
            for (int i = first; i < entityRows.size(); i++) {
                if (passes.size() == i - first) {
                    passes.add(new ArrayList<>());
                }
                passes.get(i - first).add(entityRows.get(i));
            }
        }
        return passes;
    }
}
