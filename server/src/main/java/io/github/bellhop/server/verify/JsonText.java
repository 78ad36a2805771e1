package io.github.bellhop.server.verify;

import io.github.bellhop.event.PayloadJson;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;

/** A JSON text that can be written in any style. Numbers keep their spelling, and duplicate keys are kept. */
final class JsonText {
    private static final HexFormat LOWER_CASE = HexFormat.of();
    private static final HexFormat UPPER_CASE = LOWER_CASE.withUpperCase();

    private final Node root;

    private JsonText(Node root) {
        this.root = root;
    }

    private sealed interface Node {}

    private record Member(String key, Node value) {}

    private record Members(List<Member> members) implements Node {}

    private record Elements(List<Node> elements) implements Node {}

    private record Text(String text) implements Node {}

    /** A number, true, false or null. */
    private record Raw(String text) implements Node {}

    /** Parses JSON; returns null if the bytes are not JSON. */
    static @Nullable JsonText of(byte[] json) {
        try (JsonParser parser = PayloadJson.FACTORY.createParser(ObjectReadContext.empty(), json)) {
            Node root = read(parser, parser.nextToken());
            return parser.nextToken() == null ? new JsonText(root) : null;
        } catch (JacksonException notJson) {
            return null;
        }
    }

    /** Returns the value if the text is a single JSON string; otherwise null. */
    @Nullable
    String string() {
        return root instanceof Text text ? text.text() : null;
    }

    private static Node read(JsonParser parser, @Nullable JsonToken token) {
        if (token == JsonToken.START_OBJECT) {
            List<Member> members = new ArrayList<>();
            while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
                String key = parser.currentName();
                members.add(new Member(key, read(parser, parser.nextToken())));
            }
            return new Members(members);
        }
        if (token == JsonToken.START_ARRAY) {
            List<Node> elements = new ArrayList<>();
            for (JsonToken next = parser.nextToken(); next != JsonToken.END_ARRAY; next = parser.nextToken()) {
                elements.add(read(parser, next));
            }
            return new Elements(elements);
        }
        return token == JsonToken.VALUE_STRING
                ? new Text(parser.getString())
                : new Raw(String.valueOf(parser.getString()));
    }

    /** Writes the text in the given style, as UTF-8, without a line break at the end. */
    byte[] in(JsonStyle style) {
        StringBuilder out = new StringBuilder();
        write(root, style, "\n", out);
        return out.toString().getBytes(StandardCharsets.UTF_8);
    }

    private static void write(Node node, JsonStyle style, String lineBreak, StringBuilder out) {
        if (node instanceof Members object) {
            List<Member> members = object.members();
            if (style.sorted()) {
                members = new ArrayList<>(members);
                members.sort(Comparator.comparing(Member::key));
            }
            Block block = new Block(style, lineBreak, out, '{', '}');
            for (Member member : members) {
                block.next();
                quote(member.key(), style, out);
                out.append(style.space().colon);
                write(member.value(), style, block.inner, out);
            }
            block.end();
        } else if (node instanceof Elements array) {
            Block block = new Block(style, lineBreak, out, '[', ']');
            for (Node element : array.elements()) {
                block.next();
                write(element, style, block.inner, out);
            }
            block.end();
        } else if (node instanceof Text text) {
            quote(text.text(), style, out);
        } else if (node instanceof Raw raw) {
            out.append(raw.text());
        }
    }

    /** The brackets, commas and line breaks of one object or array. */
    private static final class Block {
        private final JsonStyle style;
        private final String outer;
        private final String inner;
        private final StringBuilder out;
        private final char close;
        private boolean empty = true;

        Block(JsonStyle style, String outer, StringBuilder out, char open, char close) {
            this.style = style;
            this.outer = outer;
            this.out = out;
            this.close = close;
            inner = outer + style.space().indent;
            out.append(open);
        }

        void next() {
            if (!empty) {
                out.append(style.space().comma);
            }
            empty = false;
            breakLine(inner);
        }

        void end() {
            if (!empty) {
                breakLine(outer);
            }
            out.append(close);
        }

        private void breakLine(String line) {
            if (!style.space().indent.isEmpty()) {
                out.append(line);
            }
        }
    }

    private static void quote(String text, JsonStyle style, StringBuilder out) {
        out.append('"');
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '"' -> out.append("\\\"");
                case '\\' -> out.append("\\\\");
                case '\n' -> out.append("\\n");
                case '\r' -> out.append("\\r");
                case '\t' -> out.append("\\t");
                case '\b' -> out.append("\\b");
                case '\f' -> out.append("\\f");
                case '/' -> out.append(style.slash() ? "\\/" : "/");
                default -> out.append(isEscaped(c, style) ? escaped(c, style) : c);
            }
        }
        out.append('"');
    }

    private static boolean isEscaped(char c, JsonStyle style) {
        boolean isHtml = style.html() && (c == '<' || c == '>' || c == '&');
        return c < ' ' || isHtml || (c > '~' && style.escapes() != JsonStyle.Escapes.NONE);
    }

    private static String escaped(char c, JsonStyle style) {
        return "\\u" + (style.escapes() == JsonStyle.Escapes.UPPER_CASE ? UPPER_CASE : LOWER_CASE).toHexDigits(c);
    }
}
