package io.github.bellhop.server.verify;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;

/**
 * A guess at the body that was signed, before something changed it in transit.
 *
 * @param bytes   the body as it may have been signed
 * @param code    the stable kebab-case name of the change
 * @param changed the change in words
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record BodyVariant(byte[] bytes, String code, String changed) {
    private static final byte[] BOM = {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF};
    private static final int MAX_UNZIPPED_BYTES = 16 * 1024 * 1024;

    /** Returns the variants worth trying, the simplest first. Each is created lazily. */
    static Stream<BodyVariant> of(byte[] body) {
        return Stream.<Supplier<Stream<BodyVariant>>>of(
                        () -> edges(body),
                        () -> wrappings(body),
                        () -> Unwrapping.of(body).stream().flatMap(BodyVariant::unwrapped),
                        () -> writings(body))
                .flatMap(Supplier::get);
    }

    /** Returns the wrapped body unchanged, then in the forms that it may have had before it was wrapped. */
    private static Stream<BodyVariant> unwrapped(BodyVariant inner) {
        Stream<BodyVariant> written = Stream.<Supplier<Stream<BodyVariant>>>of(
                        () -> edges(inner.bytes()), () -> writings(inner.bytes()))
                .flatMap(Supplier::get)
                .map(variant ->
                        new BodyVariant(variant.bytes(), inner.code(), inner.changed() + ", and " + variant.changed()));
        return Stream.concat(Stream.of(inner), written);
    }

    private static Stream<BodyVariant> edges(byte[] body) {
        List<BodyVariant> variants = new ArrayList<>();
        if (startsWith(body, BOM)) {
            variants.add(new BodyVariant(
                    Arrays.copyOfRange(body, BOM.length, body.length),
                    "body-byte-order-mark",
                    "a byte order mark was added before the body"));
        } else {
            variants.add(new BodyVariant(
                    joined(BOM, body), "body-byte-order-mark", "the byte order mark before the body was removed"));
        }
        int end = body.length;
        while (end > 0 && (body[end - 1] == '\n' || body[end - 1] == '\r' || body[end - 1] == ' ')) {
            end--;
        }
        if (end < body.length) {
            variants.add(new BodyVariant(
                    Arrays.copyOf(body, end),
                    "body-line-ends",
                    "a line break was added at the end of the body, as editors and echo do"));
        } else {
            String removed = "the line break at the end of the body was removed";
            variants.add(new BodyVariant(joined(body, new byte[] {'\n'}), "body-line-ends", removed));
            variants.add(new BodyVariant(joined(body, new byte[] {'\r', '\n'}), "body-line-ends", removed));
        }
        String text = new String(body, StandardCharsets.ISO_8859_1);
        String unix = text.replace("\r\n", "\n");
        if (!unix.equals(text)) {
            variants.add(new BodyVariant(
                    unix.getBytes(StandardCharsets.ISO_8859_1),
                    "body-line-ends",
                    "line endings were changed from LF to CR LF"));
        } else if (text.contains("\n")) {
            variants.add(new BodyVariant(
                    text.replace("\n", "\r\n").getBytes(StandardCharsets.ISO_8859_1),
                    "body-line-ends",
                    "line endings were changed from CR LF to LF"));
        }
        return variants.stream();
    }

    private static Stream<BodyVariant> wrappings(byte[] body) {
        List<BodyVariant> variants = new ArrayList<>();
        byte[] unzipped = unzipped(body);
        if (unzipped != null) {
            variants.add(new BodyVariant(unzipped, "body-compressed", "the body was compressed with gzip"));
        }
        try {
            byte[] decoded = Base64.getMimeDecoder().decode(body);
            if (decoded.length > 0) {
                variants.add(new BodyVariant(
                        decoded, "body-base64", "the body was encoded in base64, as some API gateways do"));
            }
        } catch (IllegalArgumentException notBase64) {
            // The body is not base64, so there is no such variant.
        }
        JsonText json = JsonText.of(body);
        String inner = json == null ? null : json.string();
        if (inner != null) {
            variants.add(new BodyVariant(
                    inner.getBytes(StandardCharsets.UTF_8),
                    "body-encoded-twice",
                    "the body was encoded twice, which made it a JSON string"));
        }
        addCharset(body, StandardCharsets.UTF_16, "the body was converted to UTF-16", variants);
        addCharset(body, StandardCharsets.ISO_8859_1, "the body was converted from UTF-8 to Latin-1", variants);
        String text = decoded(body, StandardCharsets.UTF_8);
        if (text != null && StandardCharsets.ISO_8859_1.newEncoder().canEncode(text)) {
            variants.add(new BodyVariant(
                    text.getBytes(StandardCharsets.ISO_8859_1),
                    "body-recoded",
                    "the body was read as Latin-1 and written as UTF-8, which turns each non-ASCII letter into two"));
        }
        return variants.stream();
    }

    private static void addCharset(byte[] body, Charset charset, String changed, List<BodyVariant> variants) {
        String text = decoded(body, charset);
        if (text != null) {
            variants.add(new BodyVariant(text.getBytes(StandardCharsets.UTF_8), "body-recoded", changed));
        }
    }

    private static Stream<BodyVariant> writings(byte[] body) {
        byte[] bare = startsWith(body, BOM) ? Arrays.copyOfRange(body, BOM.length, body.length) : body;
        JsonText json = JsonText.of(bare);
        if (json == null) {
            return Stream.empty();
        }
        byte[] end = bare.length > 0 && bare[bare.length - 1] == '\n' ? new byte[] {'\n'} : new byte[0];
        JsonStyle now = JsonStyle.all().stream()
                .filter(style -> Arrays.equals(joined(json.in(style), end), bare))
                .findFirst()
                .orElse(null);
        return JsonStyle.all().stream().flatMap(signed -> {
            byte[] bytes = json.in(signed);
            String changed = changed(signed, now);
            return Stream.of(
                    new BodyVariant(bytes, "body-changed", changed),
                    new BodyVariant(joined(bytes, new byte[] {'\n'}), "body-changed", changed));
        });
    }

    private static String changed(JsonStyle signed, @Nullable JsonStyle now) {
        List<String> changes = now == null ? List.of() : signed.changesTo(now);
        String detail = changes.isEmpty()
                ? "the signed form was " + signed.space().words + (signed.sorted() ? ", with sorted keys" : "")
                : String.join("; ", changes);
        return "the body was parsed and rewritten: " + detail;
    }

    private static boolean startsWith(byte[] body, byte[] start) {
        return body.length >= start.length && Arrays.equals(Arrays.copyOf(body, start.length), start);
    }

    private static byte[] joined(byte[] first, byte[] second) {
        byte[] both = Arrays.copyOf(first, first.length + second.length);
        System.arraycopy(second, 0, both, first.length, second.length);
        return both;
    }

    private static @Nullable String decoded(byte[] body, Charset charset) {
        try {
            return charset.newDecoder().decode(ByteBuffer.wrap(body)).toString();
        } catch (CharacterCodingException otherCharset) {
            return null;
        }
    }

    private static byte @Nullable [] unzipped(byte[] body) {
        try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(body))) {
            return in.readNBytes(MAX_UNZIPPED_BYTES);
        } catch (IOException notZipped) {
            return null;
        }
    }
}
