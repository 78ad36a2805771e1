package io.github.bellhop.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import io.github.bellhop.event.data.Entity;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Tests every data record, component by component. */
class RecordShapeTest {
    private static final List<String> MISFITS = List.of(
            "null",
            "true",
            "0",
            "-1",
            "1.5",
            "1e999999999",
            "-1e99999999999999999999",
            "123456789012345678901234567890",
            "\"\"",
            "\"text\"",
            "\"2024-05-28T08:00:00Z\"",
            "[]",
            "[null, 1, \"a\", [], {}, [[{\"id\": 1}]]]",
            "{}",
            "{\"id\": {\"id\": []}, \"status\": [1]}");

    static Stream<Class<?>> records() {
        return SamplePayloads.dataRecords().stream();
    }

    @ParameterizedTest
    @MethodSource("records")
    void readsEveryComponentFromItsKey(Class<?> type) throws Exception {
        ObjectNode sample = SamplePayloads.object(type, "data");

        assertBound(sample, read(type, sample.toString()));
    }

    private static void assertBound(JsonNode json, Object record) throws Exception {
        for (RecordComponent component : record.getClass().getRecordComponents()) {
            JsonNode expected = json.get(RecordShape.wireNames(component)[0]);
            Object actual = component.getAccessor().invoke(record);
            assertBound(component.getGenericType(), expected, actual);
        }
    }

    private static void assertBound(Type type, JsonNode expected, Object actual) throws Exception {
        if (type instanceof ParameterizedType generic && actual instanceof List<?> list) {
            assertThat(list).hasSize(1);
            assertBound(generic.getActualTypeArguments()[0], expected.get(0), list.get(0));
        } else if (actual instanceof Map<?, ?> map) {
            assertThat(map.get("key")).isEqualTo(expected.get("key").asString());
            assertThat(map.get("number")).isEqualTo(expected.get("number").asLong());
        } else if (actual instanceof Record record) {
            assertBound(expected, record);
        } else if (actual instanceof Instant time) {
            assertThat(time.toEpochMilli()).isEqualTo(expected.asLong());
        } else if (actual instanceof BigDecimal number) {
            assertThat(number).isEqualByComparingTo(expected.decimalValue());
        } else {
            assertThat(String.valueOf(actual)).isEqualTo(expected.asString());
        }
    }

    @ParameterizedTest
    @MethodSource("records")
    void treatsMismatchesAsAbsentAndKeepsTheRest(Class<?> type) throws Exception {
        for (RecordComponent component : type.getRecordComponents()) {
            for (String misfit : MISFITS) {
                for (String key : RecordShape.wireNames(component)) {
                    String json = "{\"unknown\": " + misfit + ", \"" + key + "\": " + misfit + ", \"id\": \"x_1\"}";
                    if (key.contains(".") || key.equals("id")) {
                        continue;
                    }
                    Object record = read(type, json);
                    if (record instanceof Entity entity) {
                        assertThat(entity.id()).as(json).isEqualTo("x_1");
                    }
                    assertThatCode(record::hashCode).as(json).doesNotThrowAnyException();
                }
            }
        }
    }

    @ParameterizedTest
    @MethodSource("records")
    void neverReturnsNullListsOrMetadata(Class<?> type) throws Exception {
        for (Object record : List.of(RecordShape.of(type).empty(), read(type, "{}"))) {
            for (RecordComponent component : type.getRecordComponents()) {
                Object value = component.getAccessor().invoke(record);
                if (component.getType() == List.class) {
                    assertThat(value).isEqualTo(List.of());
                } else if (component.getType() == Map.class) {
                    assertThat(value).isEqualTo(Map.of());
                } else {
                    assertThat(value).as(component.getName()).isNull();
                }
            }
        }
    }

    @ParameterizedTest
    @MethodSource("records")
    void toStringShowsOnlyNameAndId(Class<?> type) {
        Object record = read(type, SamplePayloads.object(type, "data").toString());

        boolean hasId = Stream.of(type.getRecordComponents())
                .anyMatch(component -> component.getName().equals("id"));
        assertThat(record).hasToString(type.getSimpleName() + (hasId ? "[id=data.id]" : "[]"));
    }

    private static Object read(Class<?> type, String json) {
        byte[] bytes = json.getBytes(java.nio.charset.StandardCharsets.UTF_8);
        return PayloadJson.read(bytes, parser -> {
            parser.nextToken();
            Object record = RecordShape.of(type).read(parser);
            assertThat(parser.currentToken()).isEqualTo(JsonToken.END_OBJECT);
            assertThat(parser.nextToken()).as("the whole object is read").isNull();
            return record;
        });
    }
}
