package io.github.bellhop.simulator.clerk;

import io.github.bellhop.event.EventType;
import java.util.Comparator;
import java.util.Map;
import java.util.NavigableMap;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The entities of one kind in an instance. A change to an entity emits the event that its {@link Kind} declares. Public
 * methods return copies in the shape of the Backend API and are safe for concurrent use. Callers of package-private
 * methods must hold the lock.
 */
public class Resource {
    /** Compares numbers by value, whatever their Java types. */
    private static final Comparator<JsonNode> NUMBERS_BY_VALUE = (one, other) -> one.isNumber() && other.isNumber()
            ? one.decimalValue().compareTo(other.decimalValue())
            : one.equals(other) ? 0 : 1;

    final Kernel kernel;
    final Tables tables;
    final Table table;
    private final Kind kind;

    Resource(Kernel kernel, Table table, Kind kind) {
        this.kernel = kernel;
        this.tables = kernel.tables;
        this.table = table;
        this.kind = kind;
    }

    /**
     * Returns the entity with this id.
     *
     * @throws ClerkRefusedException if there is no such entity
     */
    public ObjectNode get(String id) {
        return kernel.locked(() -> view(find(id)));
    }

    /** Returns the stored entity with this id; throws if there is no such entity. */
    ObjectNode find(String id) {
        return table.get(id);
    }

    /** A page of all entities. The filter is called with stored entities and must not change them. */
    public Page list(PageRequest request, Predicate<ObjectNode> filter) {
        return kernel.locked(() -> page(table.rows(), request, filter));
    }

    /** A page of the entities of one organization, or of all organizations if the id is null. */
    Page listOf(@Nullable String organization, Table.Index index, PageRequest request, Predicate<ObjectNode> filter) {
        return kernel.locked(() -> {
            if (organization != null) {
                tables.organizations.get(organization);
            }
            return page(organization == null ? table.rows() : index.of(organization), request, filter);
        });
    }

    /**
     * Returns one page of a list. A page in order of creation is read from the index; for any other order, all entities
     * are sorted.
     */
    Page page(NavigableMap<Table.Place, ObjectNode> rows, PageRequest request, Predicate<ObjectNode> filter) {
        return (request.order().equals(PageRequest.CREATED_AT)
                        ? byCreation(rows, request, filter)
                        : byKey(rows, request, filter))
                .map(kind.view());
    }

    private Page byCreation(
            NavigableMap<Table.Place, ObjectNode> rows, PageRequest request, Predicate<ObjectNode> filter) {
        NavigableMap<Table.Place, ObjectNode> ordered = request.descending() ? rows.descendingMap() : rows;
        if (request.startingAfter() != null) {
            ordered = ordered.tailMap(cursor(request.startingAfter()), false);
        }
        return Page.of(ordered.values().stream().filter(filter).toList(), request, Function.identity());
    }

    private Table.Place cursor(String id) {
        Table.Place place = table.place(id);
        if (place == null) {
            throw ClerkError.RESOURCE_MISSING.of(
                    "starting_after", "The resource associated with the supplied starting_after was not found.");
        }
        return place;
    }

    private Page byKey(NavigableMap<Table.Place, ObjectNode> rows, PageRequest request, Predicate<ObjectNode> filter) {
        return Page.of(
                rows.values().stream()
                        .filter(filter)
                        .map(row -> Keyed.of(row, kind.orderKey().apply(row, request.order())))
                        .sorted(request.descending() ? Keyed.ORDER.reversed() : Keyed.ORDER)
                        .map(Keyed::row)
                        .toList(),
                request,
                Function.identity());
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

    ObjectNode view(ObjectNode entity) {
        return kind.view().apply(entity);
    }

    /** Creates an entity that is not in a table yet. */
    ObjectNode draft(Map<String, String> named) {
        return kernel.shape(kind.template(), kernel.newId(kind.prefix()), named);
    }

    /** Stores a new entity and emits its event. */
    ObjectNode added(ObjectNode entity) {
        table.put(entity);
        emit(kind.created(), entity);
        return view(entity);
    }

    /** Changes the entity with this id, as {@link #change(ObjectNode, Consumer)} does. Acquires the lock itself. */
    ObjectNode change(String id, Consumer<ObjectNode> change) {
        return kernel.locked(() -> change(find(id), change));
    }

    /** Changes an entity, and emits its event unless nothing changed. */
    ObjectNode change(ObjectNode before, Consumer<ObjectNode> change) {
        return change(before, change, changed -> emit(kind.updated(), changed));
    }

    /**
     * Changes a copy of an entity and stores it. Updates the timestamp and emits the event only if something changed.
     */
    ObjectNode change(ObjectNode before, Consumer<ObjectNode> change, Consumer<ObjectNode> emit) {
        ObjectNode after = before.deepCopy();
        change.accept(after);
        if (after.equals(NUMBERS_BY_VALUE, before)) {
            return view(before);
        }
        emit.accept(replace(before, after));
        return view(after);
    }

    /**
     * Stores the next state of an entity. Its timestamp is later than the previous one, even within the same
     * millisecond.
     */
    ObjectNode replace(ObjectNode before, ObjectNode after) {
        after.put("updated_at", Math.max(kernel.now(), before.path("updated_at").asLong(0) + 1));
        table.put(after);
        return after;
    }

    /** Emits an event about an entity; does nothing if the type is null. */
    void emit(@Nullable EventType type, ObjectNode entity) {
        if (type != null) {
            kernel.emit(type, eventView(entity));
        }
    }

    ObjectNode eventView(ObjectNode entity) {
        return kind.eventView().apply(entity);
    }

    /** Removes an entity, emits its event if {@code emit} is true, and returns its deletion object. */
    ObjectNode remove(ObjectNode entity, boolean emit) {
        table.remove(Tables.text(entity, "id"));
        if (emit && kind.deleted() != null) {
            kernel.emitDeleted(kind.deleted(), entity);
        }
        return Views.deleted(entity);
    }

    /** Returns the entity with this id; throws unless it belongs to the organization. */
    ObjectNode require(String organizationId, String id) {
        ObjectNode found = table.get(id);
        if (!Tables.text(found, "organization_id").equals(organizationId)) {
            throw ClerkRefusedException.notFound(table.kind(), id);
        }
        return found;
    }

    /** Throws if another entity already has this value. */
    static void requireFree(Table.Index index, @Nullable String value, ObjectNode entity, String parameter) {
        ObjectNode owner = value == null ? null : index.first(value);
        if (owner != null && !owner.path("id").equals(entity.path("id"))) {
            throw ClerkRefusedException.taken(parameter);
        }
    }
}
