package io.github.bellhop.simulator.testing;

import io.github.bellhop.simulator.testing.Specification.Operation;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/** The parameters that a specification documents for its operations. */
public final class Parameters {
    private final JsonNode document;

    /** Reads the parameters of a specification. */
    public Parameters(Specification specification) {
        this.document = specification.document();
    }

    /** A query parameter, with its schema. */
    public record Parameter(String name, JsonNode schema) {}

    /** The query parameters of an operation. */
    public List<Parameter> query(Operation operation) {
        JsonNode path = document.path("paths").path(operation.path());
        return Stream.of(path, declaration(operation))
                .flatMap(place -> place.path("parameters").valueStream())
                .map(this::resolved)
                .filter(parameter -> parameter.path("in").asString("").equals("query"))
                .map(parameter ->
                        new Parameter(parameter.path("name").stringValue(), resolved(parameter.path("schema"))))
                .toList();
    }

    /** The names of an operation's query parameters. */
    public List<String> ofQuery(Operation operation) {
        return query(operation).stream().map(Parameter::name).toList();
    }

    /** The names of the properties of an operation's JSON body, or of each element of it. */
    public List<String> ofBody(Operation operation) {
        JsonNode schema = resolved(declaration(operation).path("requestBody")).at("/content/application~1json/schema");
        Set<String> names = new LinkedHashSet<>();
        collect(schema, names);
        return List.copyOf(names);
    }

    private void collect(JsonNode given, Set<String> names) {
        JsonNode schema = resolved(given);
        for (String part : List.of("allOf", "anyOf", "oneOf")) {
            schema.path(part).forEach(each -> collect(each, names));
        }
        names.addAll(schema.path("properties").propertyNames());
        if (schema.has("items")) {
            collect(schema.path("items"), names);
        }
    }

    private JsonNode declaration(Operation operation) {
        return document.path("paths")
                .path(operation.path())
                .path(operation.method().toLowerCase(Locale.ROOT));
    }

    private JsonNode resolved(JsonNode node) {
        JsonNode found = node;
        while (found.has("$ref")) {
            found = document.at(found.path("$ref").stringValue().substring(1));
        }
        return found;
    }
}
