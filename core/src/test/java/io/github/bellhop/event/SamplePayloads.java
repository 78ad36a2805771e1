package io.github.bellhop.event;

import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Payloads that contain every key that Bellhop reads, each with a unique value. */
final class SamplePayloads {
    /** Part of every string except the ids, so that tests can detect a leak. */
    static final String SECRET = "secret of ";

    private static final long BEYOND_32_BITS = 1L << 32;
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private SamplePayloads() {}

    static ObjectNode of(EventType type) {
        ObjectNode payload = JSON.objectNode()
                .put("type", type.wireName())
                .put("object", "event")
                .put("timestamp", 1_716_883_200_123L)
                .put("instance_id", "ins_1");
        payload.putObject("event_attributes")
                .putObject("http_request")
                .put("client_ip", "203.0.113.7")
                .put("user_agent", SECRET + "agent");
        return payload.set("data", object(type.dataClass(), "data"));
    }

    static byte[] bytes(JsonNode json) {
        return JsonMapper.shared().writeValueAsString(json).getBytes(StandardCharsets.UTF_8);
    }

    static ObjectNode object(Class<?> type, String path) {
        ObjectNode object = JSON.objectNode();
        for (RecordComponent component : type.getRecordComponents()) {
            String key = RecordShape.wireNames(component)[0];
            object.set(key, value(component.getGenericType(), path + "." + key));
        }
        return object;
    }

    static JsonNode value(Type type, String path) {
        int number = Math.floorMod(path.hashCode(), 1_000_000);
        if (type instanceof ParameterizedType generic) {
            return generic.getRawType() == List.class
                    ? JSON.arrayNode().add(value(generic.getActualTypeArguments()[0], path))
                    : JSON.objectNode().put("key", SECRET + path).put("number", number);
        } else if (type == String.class) {
            boolean id = path.endsWith(".id") || path.endsWith("_id");
            return JSON.stringNode(id ? path : SECRET + path);
        } else if (type == Boolean.class) {
            return JSON.booleanNode(number % 2 == 0);
        } else if (type == Long.class) {
            return JSON.numberNode(BEYOND_32_BITS + number);
        } else if (type == Instant.class) {
            return JSON.numberNode(1_700_000_000_000L + number);
        } else if (type == BigDecimal.class) {
            return JSON.numberNode(BigDecimal.valueOf(number, 2));
        }
        return object((Class<?>) type, path);
    }

    /** Returns every data record. */
    static Set<Class<?>> dataRecords() {
        Set<Class<?>> found = new LinkedHashSet<>();
        for (EventType type : EventType.values()) {
            collect(type.dataClass(), found);
        }
        return found;
    }

    private static void collect(Type type, Set<Class<?>> found) {
        if (type instanceof ParameterizedType generic && generic.getRawType() != Map.class) {
            collect(generic.getActualTypeArguments()[0], found);
        } else if (type instanceof Class<?> record && record.isRecord() && found.add(record)) {
            for (RecordComponent component : record.getRecordComponents()) {
                collect(component.getGenericType(), found);
            }
        }
    }
}
