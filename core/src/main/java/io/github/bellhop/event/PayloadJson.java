package io.github.bellhop.event;

import tools.jackson.core.JsonParser;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;

/**
 * How payloads are read: strict JSON in UTF-8, at most {@value #MAX_DEPTH} levels deep. The reader's other limits are
 * lifted, since the size of a payload is bounded before it is read and a long string or number is Clerk's to send.
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

    /** A parser over the bytes of one payload. */
    public static JsonParser parser(byte[] body) {
        return FACTORY.createParser(ObjectReadContext.empty(), body);
    }
}
