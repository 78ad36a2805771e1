package io.github.bellhop.event;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.exc.StreamConstraintsException;
import tools.jackson.core.exc.StreamReadException;

/**
 * Reads a payload's envelope in one streaming pass without building a tree. The same pass checks that the whole payload
 * is one JSON object in UTF-8. If a key is repeated, the last value wins.
 *
 * @hidden
 */
public final class EnvelopeReader {
    /** The number of characters decoded at once. */
    private static final int PIECE = 1024;

    private EnvelopeReader() {}

    /**
     * Reads the envelope of one payload.
     *
     * @param body the exact bytes whose signature was verified
     * @return the usable parts of the envelope
     * @throws UnreadablePayloadException if the bytes are not one JSON object, are not UTF-8, begin with a byte order
     *     mark, or nest deeper than {@link PayloadJson#MAX_DEPTH}
     */
    public static Envelope read(byte[] body) {
        refuseForeignEncoding(body);
        try {
            return PayloadJson.read(body, EnvelopeReader::read);
        } catch (StreamConstraintsException tooDeep) {
            throw new UnreadablePayloadException(
                    "nested-too-deep", "the payload nests deeper than " + PayloadJson.MAX_DEPTH + " levels", null);
        } catch (StreamReadException broken) {
            throw unreadable(broken);
        }
    }

    private static Envelope read(JsonParser parser) {
        if (parser.nextToken() != JsonToken.START_OBJECT) {
            throw new UnreadablePayloadException("not-a-json-object", "the payload is not a JSON object", null);
        }
        Envelope envelope = (Envelope) RecordShape.of(Envelope.class).read(parser);
        if (parser.nextToken() != null) {
            throw new UnreadablePayloadException(
                    "not-a-json-object", "the payload has extra content after the JSON object", null);
        }
        return envelope;
    }

    /** The JSON reader would accept UTF-16, UTF-32 and some ill-formed UTF-8, and would skip a byte order mark. */
    private static void refuseForeignEncoding(byte[] body) {
        int first = body.length > 0 ? body[0] & 0xFF : -1;
        if (first == 0xEF || first == 0xFE || first == 0xFF) {
            throw new UnreadablePayloadException("byte-order-mark", "the payload begins with a byte order mark", null);
        }
        boolean nulNearStart = false;
        for (int i = 0; i < Math.min(4, body.length); i++) {
            nulNearStart |= body[i] == 0;
        }
        if (nulNearStart || !isUtf8(body)) {
            throw new UnreadablePayloadException("not-utf-8", "the payload is not valid UTF-8", null);
        }
    }

    /** Decodes the bytes piece by piece, which avoids a string as long as the body. */
    private static boolean isUtf8(byte[] body) {
        CharsetDecoder decoder = StandardCharsets.UTF_8.newDecoder();
        ByteBuffer bytes = ByteBuffer.wrap(body);
        CharBuffer piece = CharBuffer.allocate(PIECE);
        CoderResult result = CoderResult.OVERFLOW;
        while (result.isOverflow()) {
            piece.clear();
            result = decoder.decode(bytes, piece, true);
        }
        return !result.isError();
    }

    // The reader's own message quotes the payload, so ours gives only the location of the error.
    private static UnreadablePayloadException unreadable(StreamReadException broken) {
        var place = broken.getLocation();
        String where = place == null ? "" : " (line " + place.getLineNr() + ", column " + place.getColumnNr() + ")";
        return new UnreadablePayloadException("not-json", "the payload is not valid JSON" + where, null);
    }
}
