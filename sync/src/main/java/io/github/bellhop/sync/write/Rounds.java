package io.github.bellhop.sync.write;

import io.github.bellhop.sync.mirror.EntityRow;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Splits a batch's rows of one table so that no statement holds an entity twice, which databases refuse, and so that
 * the lower version of an entity is always written before the higher one: what only the lower one carries is kept.
 * Of the copies of an entity nested in others only the highest counts, since many members may join one organization
 * at once.
 */
final class Rounds {
    private Rounds() {}

    static List<List<EntityRow>> of(List<EntityRow> rows) {
        Map<String, List<EntityRow>> byId = new HashMap<>();
        rows.forEach(
                row -> byId.computeIfAbsent(row.id(), id -> new ArrayList<>(1)).add(row));
        List<List<EntityRow>> rounds = new ArrayList<>();
        for (List<EntityRow> versions : byId.values()) {
            versions.sort(Comparator.comparing(EntityRow::version));
            int first = 0;
            while (first + 1 < versions.size()
                    && versions.get(first + 1).version().isNested()) {
                first++;
            }
            for (int i = first; i < versions.size(); i++) {
                if (rounds.size() == i - first) {
                    rounds.add(new ArrayList<>());
                }
                rounds.get(i - first).add(versions.get(i));
            }
        }
        return rounds;
    }
}
