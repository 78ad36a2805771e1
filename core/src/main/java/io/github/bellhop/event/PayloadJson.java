package io.github.bellhop.event;

import java.nio.charset.StandardCharsets;
import java.util.function.Function;
import tools.jackson.core.JsonParser;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.exc.StreamConstraintsException;
import tools.jackson.core.exc.StreamReadException;
import tools.jackson.core.json.JsonFactory;

/**
 * How payloads are read: strict JSON in UTF-8, at most {@value #MAX_DEPTH} levels deep. The reader's other limits are
 * lifted, since the size of a payload is bounded before it is read and a long string or number is Clerk's to send.
 *
 * @hidden
 */
public final class PayloadJson {
    /** The deepest nesting of objects and arrays that is read. */
    public static final int MAX_DEPTH = 500;

    /** The factory of every reader of payloads. */
    public static final JsonFactory FACTORY = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(MAX_DEPTH)
                    .maxStringLength(Integer.MAX_VALUE)
                    .maxNumberLength(Integer.MAX_VALUE)
                    .maxNameLength(Integer.MAX_VALUE)
                    .build())
            .build();

    private PayloadJson() {}

    /**
     * Reads one payload with a parser that is closed afterwards.
     *
     * <p>The parser of bytes is the fast one but refuses half a surrogate pair in a key, which is JSON all the same
     * (RFC 8259, section 8.2). A payload that it refuses is therefore read once more, as text.
     *
     * @param body    the payload, in well-formed UTF-8
     * @param reading what to do with the parser; it may be called twice and must begin anew then
     * @throws StreamReadException when the payload is no JSON, or nests too deep
     */
    public static <T> T read(byte[] body, Function<JsonParser, T> reading) {
        try (JsonParser parser = FACTORY.createParser(ObjectReadContext.empty(), body)) {
            return reading.apply(parser);
        } catch (StreamConstraintsException tooDeep) {
            throw tooDeep;
        } catch (StreamReadException refused) {
            String text = new String(body, StandardCharsets.UTF_8);
            try (JsonParser parser = FACTORY.createParser(ObjectReadContext.empty(), text)) {
                return reading.apply(parser);
            }
        }
    }
}
