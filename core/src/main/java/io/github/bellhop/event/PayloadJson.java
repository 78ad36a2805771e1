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
 * Configures how payloads are read: strict JSON in UTF-8, at most {@value #MAX_DEPTH} levels deep. The reader's other
 * limits are lifted, because a payload's size is limited before it is read and Clerk may send long strings and numbers.
 *
 * @hidden
 */
public final class PayloadJson {
    /** The maximum nesting depth of objects and arrays. */
    public static final int MAX_DEPTH = 500;

    /** The factory for all payload parsers. */
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
     * Reads one payload with a parser and closes the parser afterwards.
     *
     * <p>The byte parser is fast, but it rejects an unpaired surrogate in a key, which is valid JSON (RFC 8259, section
     * 8.2). A payload that it rejects is therefore read a second time, as characters.
     *
     * @param body    the payload, in well-formed UTF-8
     * @param reading what to do with the parser; it may be called twice and must then start over
     * @throws StreamReadException if the payload is not JSON or is nested too deeply
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
