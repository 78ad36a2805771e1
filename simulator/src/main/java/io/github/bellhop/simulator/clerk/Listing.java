package io.github.bellhop.simulator.clerk;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.NavigableMap;
import java.util.function.BiFunction;
import java.util.function.Predicate;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The one place where lists are cut into pages. A page in the order of creation costs a walk along the index; one in
 * another order costs a sort of that order's keys. Called under the instance's lock.
 */
final class Listing {
    private final Table table;
    private final BiFunction<ObjectNode, String, JsonNode> keys;

    /**
     * Lists of a table.
     *
     * @param keys what an entity is ordered by, given the order's name
     */
    Listing(Table table, BiFunction<ObjectNode, String, JsonNode> keys) {
        this.table = table;
        this.keys = keys;
    }

    /** Lists of a table that are ordered by keys of its entities. */
    Listing(Table table) {
        this(table, ObjectNode::path);
    }

    /** A page of the whole table. */
    Page page(PageRequest request, Predicate<ObjectNode> filter) {
        return page(table.rows(), request, filter);
    }

    /** A page of some of its rows. */
    Page page(NavigableMap<Table.Place, ObjectNode> rows, PageRequest request, Predicate<ObjectNode> filter) {
        return request.order().equals(PageRequest.CREATED_AT)
                ? byCreation(rows, request, filter)
                : byKey(rows, request, filter);
    }

    private Page byCreation(
            NavigableMap<Table.Place, ObjectNode> rows, PageRequest request, Predicate<ObjectNode> filter) {
        NavigableMap<Table.Place, ObjectNode> ordered = request.descending() ? rows.descendingMap() : rows;
        if (request.startingAfter() != null) {
            ordered = ordered.tailMap(cursor(request.startingAfter()), false);
        }
        List<ObjectNode> page = new ArrayList<>();
        long total = 0;
        for (ObjectNode row : ordered.values()) {
            if (filter.test(row)) {
                if (total >= request.offset() && page.size() < request.limit()) {
                    page.add(row);
                }
                total++;
            }
        }
        return new Page(page, total);
    }

    private Table.Place cursor(String id) {
        Table.Place place = table.place(id);
        if (place == null) {
            throw ClerkRefusedException.invalid(
                    "starting_after", "starting_after must be the id of an entity of the list.");
        }
        return place;
    }

    private Page byKey(NavigableMap<Table.Place, ObjectNode> rows, PageRequest request, Predicate<ObjectNode> filter) {
        List<Keyed> keyed = new ArrayList<>();
        for (ObjectNode row : rows.values()) {
            if (filter.test(row)) {
                keyed.add(Keyed.of(row, keys.apply(row, request.order())));
            }
        }
        keyed.sort(request.descending() ? Keyed.ORDER.reversed() : Keyed.ORDER);
        return new Page(
                keyed.stream()
                        .skip(request.offset())
                        .limit(request.limit())
                        .map(Keyed::row)
                        .toList(),
                keyed.size());
    }

    private record Keyed(ObjectNode row, long number, String text) {
        static final Comparator<Keyed> ORDER =
                Comparator.comparingLong(Keyed::number).thenComparing(Keyed::text);

        static Keyed of(ObjectNode row, JsonNode key) {
            return key.isString()
                    ? new Keyed(row, 0, key.stringValue())
                    : new Keyed(row, key.isNumber() ? key.longValue() : 0, "");
        }
    }
}
