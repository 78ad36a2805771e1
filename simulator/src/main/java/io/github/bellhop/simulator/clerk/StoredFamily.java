package io.github.bellhop.simulator.clerk;

import java.util.Arrays;
import java.util.Collection;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A family whose entities are in one table.
 *
 * @param resource   the table, its views and its changes
 * @param references the references to users and organizations in the data: each JSON pointer with the template of its
 *                   entity
 * @param lookup     finds the stored entity for the given data and owner
 * @param invention  prepares the data of an invented event for an owner
 * @param stored     converts data to the stored form; also stores entities that are nested in the data
 * @param removal    removes an entity
 */
record StoredFamily(
        Resource resource,
        Map<String, String> references,
        BiFunction<ObjectNode, @Nullable String, @Nullable ObjectNode> lookup,
        BiFunction<ObjectNode, @Nullable String, ObjectNode> invention,
        UnaryOperator<ObjectNode> stored,
        Consumer<ObjectNode> removal)
        implements EventFamily {
    /**
     * A family whose entities are stored unchanged and found by their id.
     *
     * @param references {@code pointer=template}
     */
    static StoredFamily of(Resource resource, Consumer<ObjectNode> removal, String... references) {
        return new StoredFamily(
                resource,
                Arrays.stream(references)
                        .map(each -> each.split("=", 2))
                        .collect(Collectors.toUnmodifiableMap(each -> each[0], each -> each[1])),
                (data, owner) -> resource.table.find(Tables.text(data, "id")),
                (data, owner) -> data,
                UnaryOperator.identity(),
                removal);
    }

    StoredFamily foundBy(BiFunction<ObjectNode, @Nullable String, @Nullable ObjectNode> other) {
        return new StoredFamily(resource, references, other, invention, stored, removal);
    }

    StoredFamily inventedAs(BiFunction<ObjectNode, @Nullable String, ObjectNode> change) {
        return new StoredFamily(resource, references, lookup, change, stored, removal);
    }

    StoredFamily storedAs(UnaryOperator<ObjectNode> form) {
        return new StoredFamily(resource, references, lookup, invention, form, removal);
    }

    @Override
    public @Nullable ObjectNode find(ObjectNode data, @Nullable String owner) {
        return lookup.apply(data, owner);
    }

    @Override
    public ObjectNode add(ObjectNode data, @Nullable String owner) {
        return store(invention.apply(data, owner));
    }

    private ObjectNode store(ObjectNode data) {
        references.forEach((pointer, template) ->
                invent(resource.kernel, template, data.at(pointer).asString("")));
        ObjectNode entity = stored.apply(data.deepCopy());
        resource.table.put(entity);
        return data(entity);
    }

    /** Adds the user or the organization with this id, unless the instance contains it or the id is empty. */
    static void invent(Kernel kernel, String template, String id) {
        Table table = template.equals("user") ? kernel.tables.users : kernel.tables.organizations;
        if (!id.isEmpty() && table.find(id) == null) {
            ObjectNode invented = kernel.shape(template, id, Map.of());
            invent(kernel, "user", Tables.text(invented, "created_by"));
            table.put(invented);
        }
    }

    @Override
    public ObjectNode data(ObjectNode entity) {
        return resource.eventView(entity).deepCopy();
    }

    @Override
    public @Nullable ObjectNode put(ObjectNode before, ObjectNode data) {
        return isLike(before, data) ? store(data) : null;
    }

    /** Whether the new data has the same id, objects, arrays and references as the previous data, and is not older. */
    private boolean isLike(ObjectNode before, ObjectNode data) {
        Collection<String> pointers = references.keySet();
        return data.path("id").equals(before.path("id"))
                && data.path("updated_at").asLong(0)
                        >= before.path("updated_at").asLong(0)
                && before.properties().stream()
                        .allMatch(property -> isLike(property.getValue(), data.path(property.getKey())))
                && pointers.stream()
                        .allMatch(pointer -> before.at(pointer).asString("").isEmpty()
                                || !data.at(pointer).asString("").isEmpty());
    }

    private static boolean isLike(JsonNode before, JsonNode data) {
        if (!before.isContainer()) {
            return true;
        }
        return before.getNodeType() == data.getNodeType()
                && data.valueStream()
                        .allMatch(element -> !before.isArray()
                                || (before.isEmpty()
                                        ? element.isObject()
                                        : element.getNodeType() == before.get(0).getNodeType()));
    }

    @Override
    public void remove(ObjectNode entity) {
        removal.accept(entity);
    }
}
