package io.github.bellhop.server.command;

import io.github.bellhop.event.PayloadJson;
import io.github.bellhop.sync.erase.Erasure;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;

/** Prints receipts of erasures, and what an erasure would take: for people, or as one JSON object. */
final class ErasurePrinter {
    private final CommandSpec spec;
    private final PrintWriter out;
    private final PrintWriter err;
    private final boolean json;

    ErasurePrinter(CommandSpec spec, boolean json) {
        this.spec = spec;
        out = spec.commandLine().getOut();
        err = spec.commandLine().getErr();
        this.json = json;
    }

    /** Prints what would go. */
    void preview(String userId, Optional<Erasure> before, Map<String, Long> counts) {
        if (json) {
            object(userId, null, counts);
        } else {
            tell(out, userId, before, counts);
        }
        out.flush();
    }

    /** Says what will go, beside the output. */
    void announce(String userId, Optional<Erasure> before, Map<String, Long> counts) {
        tell(err, userId, before, counts);
        err.flush();
    }

    private static void tell(PrintWriter to, String userId, Optional<Erasure> before, Map<String, Long> counts) {
        String words = "What will go of " + userId + ":";
        if (counts.isEmpty()) {
            words = before.map(receipt -> receipt.erasedAt() == null
                            ? userId
                                    + " is half erased, and nothing more is to go: bellhop erase notes that it is done."
                            : userId + " is erased, as of " + receipt.erasedAt() + ", and nothing has come since.")
                    .orElse("Nothing is known about " + userId + "; only a mark will be left, so that nothing comes.");
        }
        to.print(Paragraph.of(words));
        lines(to, counts);
    }

    /**
     * Prints a receipt.
     *
     * @return the exit code
     */
    int status(String userId, Optional<Erasure> found) {
        Erasure receipt = found.orElse(null);
        boolean done = receipt != null && receipt.erasedAt() != null;
        if (json) {
            object(userId, receipt, receipt == null ? Map.of() : receipt.counts());
        } else if (receipt == null) {
            Paragraph.tell(spec, userId + " is not erased.");
        } else {
            out.print(Paragraph.of(
                    done
                            ? userId + " is erased, as of " + receipt.erasedAt() + ". What went:"
                            : userId + " is being erased, or half erased, since " + receipt.requestedAt()
                                    + ": bellhop erase finishes it. What went so far:"));
            lines(out, receipt.counts());
        }
        out.flush();
        return done ? CommandLine.ExitCode.OK : CommandLine.ExitCode.SOFTWARE;
    }

    private static void lines(PrintWriter to, Map<String, Long> counts) {
        new TreeMap<>(counts).forEach((table, rows) -> to.printf("  %-40s %9d%n", named(table), rows));
    }

    private static String named(String table) {
        return table.equals("bellhop_inbox") ? table + " (payloads)" : table;
    }

    private void object(String userId, @Nullable Erasure receipt, Map<String, Long> counts) {
        StringWriter text = new StringWriter();
        try (JsonGenerator json = PayloadJson.FACTORY.createGenerator(ObjectWriteContext.empty(), text)) {
            json.writeStartObject();
            json.writeStringProperty("user_id", userId);
            writeTime(json, "requested_at", receipt == null ? null : receipt.requestedAt());
            writeTime(json, "erased_at", receipt == null ? null : receipt.erasedAt());
            json.writeObjectPropertyStart("counts");
            new TreeMap<>(counts).forEach(json::writeNumberProperty);
            json.writeEndObject();
            json.writeEndObject();
        }
        out.println(text);
    }

    private static void writeTime(JsonGenerator json, String name, @Nullable Instant time) {
        json.writeStringProperty(name, time == null ? null : time.toString());
    }
}
