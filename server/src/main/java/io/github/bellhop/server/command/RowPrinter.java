package io.github.bellhop.server.command;

import io.github.bellhop.event.PayloadJson;
import io.github.bellhop.sync.read.ShownRow;
import io.github.bellhop.sync.read.ShownRow.Json;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;

/** Prints rows: for people one column a line, or one JSON object a line. */
final class RowPrinter {
    private static final int WIDTH = 80;

    private final PrintWriter out;

    RowPrinter(PrintWriter out) {
        this.out = out;
    }

    void text(ShownRow row) {
        out.println(row.table());
        int width = row.values().entrySet().stream()
                .filter(entry -> entry.getValue() != null)
                .mapToInt(entry -> entry.getKey().length())
                .max()
                .orElse(0);
        for (Map.Entry<String, @Nullable Object> entry : row.values().entrySet()) {
            if (entry.getValue() != null) {
                String name = entry.getKey() + " ".repeat(width - entry.getKey().length());
                out.println("  " + name + "  " + Columns.shortened(plain(entry.getValue()), WIDTH - width - 4));
            }
        }
        out.println();
    }

    /** What strangers wrote must not steer the terminal. */
    private static String plain(Object value) {
        String text = value instanceof Json json ? json.text() : value.toString();
        return text.replaceAll("[\\p{Cc}\\p{Cf}]", "?");
    }

    void json(ShownRow row) {
        StringWriter text = new StringWriter();
        try (JsonGenerator json = PayloadJson.FACTORY.createGenerator(ObjectWriteContext.empty(), text)) {
            json.writeStartObject();
            json.writeStringProperty("table", row.table());
            row.values().forEach((name, value) -> write(json, name, value));
            json.writeEndObject();
        }
        out.println(text);
    }

    private static void write(JsonGenerator json, String name, @Nullable Object value) {
        json.writeName(name);
        if (value == null) {
            json.writeNull();
        } else if (value instanceof Json raw) {
            json.writeRawValue(raw.text());
        } else if (value instanceof Boolean flag) {
            json.writeBoolean(flag);
        } else if (value instanceof Long number) {
            json.writeNumber(number);
        } else {
            json.writeString(value.toString());
        }
    }
}
