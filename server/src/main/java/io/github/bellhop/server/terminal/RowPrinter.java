package io.github.bellhop.server.terminal;

import io.github.bellhop.sync.read.ShownRow;
import io.github.bellhop.sync.read.ShownRow.Json;
import java.io.PrintWriter;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.util.RawValue;

/** Prints rows: as text with one column per line, or as one JSON object per line. */
public final class RowPrinter {
    private static final int WIDTH = 80;

    private final PrintWriter out;

    public RowPrinter(PrintWriter out) {
        this.out = out;
    }

    /** Prints the table's name and the row's non-null columns as text. Shortens values that do not fit into the line. */
    public void text(ShownRow row) {
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

    /** Replaces control characters, because the values are untrusted. */
    private static String plain(Object value) {
        String text = value instanceof Json json ? json.text() : value.toString();
        return SafeText.marked(text);
    }

    /** Prints the row as one line of JSON. */
    public void json(ShownRow row) {
        JsonLine line = new JsonLine().put("table", row.table());
        row.values().forEach((name, value) -> put(line.object(), name, value));
        out.println(line.text());
    }

    private static void put(ObjectNode object, String name, @Nullable Object value) {
        if (value == null) {
            object.putNull(name);
        } else if (value instanceof Json raw) {
            object.putRawValue(name, new RawValue(raw.text()));
        } else if (value instanceof Boolean flag) {
            object.put(name, flag);
        } else if (value instanceof Long number) {
            object.put(name, number);
        } else {
            object.put(name, value.toString());
        }
    }
}
