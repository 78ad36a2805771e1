package io.github.bellhop.simulator.testing;

import com.networknt.schema.Error;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.dialect.Dialects;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.dataformat.yaml.YAMLMapper;

/**
 * A published OpenAPI file that answers are checked against: an operation's answer must match the schema that the file
 * gives for its status. Safe for concurrent use.
 */
public final class Specification {
    private static final JsonMapper JSON = new JsonMapper();

    private final String id;
    private final JsonNode document;
    private final SchemaRegistry registry;
    private final List<Operation> operations = new ArrayList<>();
    private final Map<String, Schema> schemas = new ConcurrentHashMap<>();

    /** An operation in the file. */
    public record Operation(String method, String path) {
        boolean matches(String otherMethod, List<String> segments) {
            List<String> own = List.of(path.substring(1).split("/", -1));
            if (!method.equals(otherMethod) || own.size() != segments.size()) {
                return false;
            }
            for (int i = 0; i < own.size(); i++) {
                boolean fits = own.get(i).startsWith("{")
                        ? !segments.get(i).isEmpty()
                        : own.get(i).equals(segments.get(i));
                if (!fits) {
                    return false;
                }
            }
            return true;
        }

        /** Returns the method, and the path with the names of its variables. */
        public String name() {
            return method + " " + path;
        }

        long variables() {
            return path.chars().filter(c -> c == '{').count();
        }
    }

    private Specification(String id, JsonNode document) {
        this.id = id;
        this.document = document;
        registry = SchemaRegistry.withDialect(
                Dialects.getOpenApi30(), builder -> builder.schemas(Map.of(id, JSON.writeValueAsString(document))));
        document.path("paths")
                .properties()
                .forEach(path -> path.getValue().properties().forEach(method -> {
                    if (method.getValue().has("responses")) {
                        operations.add(new Operation(method.getKey().toUpperCase(), path.getKey()));
                    }
                }));
        operations.sort(Comparator.comparingLong(Operation::variables));
    }

    /** Reads a YAML or JSON file. */
    public static Specification read(Path file) {
        try {
            String text = Files.readString(file);
            JsonNode document =
                    file.toString().endsWith(".json") ? JSON.readTree(text) : new YAMLMapper().readTree(text);
            return new Specification("https://specification.example/" + file.getFileName(), document);
        } catch (IOException fault) {
            throw new UncheckedIOException(fault);
        }
    }

    /** The file as a tree. */
    JsonNode document() {
        return document;
    }

    public List<Operation> operations() {
        return List.copyOf(operations);
    }

    /** Returns the operation that a request calls, if the file contains it. */
    public Optional<Operation> operation(String method, List<String> path) {
        return operations.stream()
                .filter(operation -> operation.matches(method, path))
                .findFirst();
    }

    /** Returns an answer's violations, one line each: the place in the answer and the rule that is violated. */
    public List<String> violations(Operation operation, int status, @Nullable JsonNode body) {
        String pointer =
                "/paths/" + escaped(operation.path()) + "/" + operation.method().toLowerCase() + "/responses/" + status;
        JsonNode response = document.at(pointer);
        if (response.isMissingNode()) {
            return List.of("status " + status + " is not documented");
        }
        if (response.has("$ref")) {
            pointer = response.path("$ref").stringValue().substring(1);
            response = document.at(pointer);
        }
        JsonNode schema = response.at("/content/application~1json/schema");
        if (schema.isMissingNode()) {
            return body == null || body.isEmpty() ? List.of() : List.of("a body is not documented");
        }
        if (body == null) {
            return List.of("a body is missing");
        }
        return validate(pointer + "/content/application~1json/schema", body);
    }

    /** Returns the event types that the file describes. */
    public List<String> webhooks() {
        return List.copyOf(document.path("x-webhooks").propertyNames());
    }

    /**
     * Returns an event's violations, as {@link #violations} does, except those that also occur in the file's own
     * examples.
     */
    public List<String> webhookViolations(String type, JsonNode event) {
        String pointer = "/x-webhooks/" + type + "/post/requestBody/content/application~1json";
        JsonNode content = document.at(pointer);
        if (content.isMissingNode()) {
            return List.of("type " + type + " is not documented");
        }
        List<String> violations = new ArrayList<>(validate(pointer + "/schema", event));
        if (content.has("example")) {
            violations.removeAll(validate(pointer + "/schema", content.path("example")));
        }
        for (JsonNode example : content.path("examples")) {
            JsonNode named = example.has("$ref")
                    ? document.at(example.path("$ref").stringValue().substring(1))
                    : example;
            violations.removeAll(validate(pointer + "/schema", named.path("value")));
        }
        return violations;
    }

    private List<String> validate(String pointer, JsonNode value) {
        return schemas.computeIfAbsent(pointer, this::schema).validate(value).stream()
                .map(Specification::line)
                .distinct()
                .toList();
    }

    private Schema schema(String pointer) {
        return registry.getSchema(SchemaLocation.of(id + "#" + pointer));
    }

    private static String line(Error error) {
        String place = error.getInstanceLocation().toString().replaceAll("/\\d+(?=/|$)", "/*");
        return place + " " + error.getMessage();
    }

    private static String escaped(String path) {
        return path.replace("~", "~0").replace("/", "~1");
    }
}
