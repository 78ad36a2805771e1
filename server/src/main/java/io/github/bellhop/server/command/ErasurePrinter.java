package io.github.bellhop.server.command;

import io.github.bellhop.server.terminal.JsonLine;
import io.github.bellhop.server.terminal.Paragraph;
import io.github.bellhop.sync.erase.Erasure;
import java.io.PrintWriter;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import tools.jackson.databind.node.ObjectNode;

/** Prints receipts and previews of erasures, as text or as one JSON object. */
final class ErasurePrinter {
    private final CommandContext context;
    private final PrintWriter out;
    private final PrintWriter err;
    private final boolean json;

    ErasurePrinter(CommandContext context, boolean json) {
        this.context = context;
        out = context.out();
        err = context.err();
        this.json = json;
    }

    /** Prints the rows that an erasure would affect. */
    void preview(String userId, Optional<Erasure> before, Map<String, Long> counts) {
        if (json) {
            object(userId, null, counts);
        } else {
            text(out, userId, before, counts);
        }
        out.flush();
    }

    /** Prints the same rows to the error stream, always as text. */
    void announce(String userId, Optional<Erasure> before, Map<String, Long> counts) {
        text(err, userId, before, counts);
        err.flush();
    }

    private static void text(PrintWriter to, String userId, Optional<Erasure> before, Map<String, Long> counts) {
        String heading = "To be erased for " + userId + ":";
        if (counts.isEmpty()) {
            heading = before.map(receipt -> receipt.erasedAt() == null
                            ? "Nothing is left to erase for " + userId + ". bellhop erase completes the receipt."
                            : userId + " was erased at " + receipt.erasedAt() + ", and nothing has arrived since.")
                    .orElse("Nothing is stored about " + userId
                            + ". The erasure records only that the person is erased, so later messages change"
                            + " nothing.");
        }
        to.print(Paragraph.of(heading));
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
            context.say(userId + " is not erased.");
        } else {
            out.print(Paragraph.of(
                    done
                            ? userId + " was erased at " + receipt.erasedAt() + ":"
                            : "The erasure of " + userId + " began at " + receipt.requestedAt()
                                    + " and is running or incomplete. bellhop erase finishes it. Erased so far:"));
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
        JsonLine line = new JsonLine()
                .put("user_id", userId)
                .put("requested_at", receipt == null ? null : receipt.requestedAt())
                .put("erased_at", receipt == null ? null : receipt.erasedAt());
        ObjectNode rows = line.object().putObject("counts");
        new TreeMap<>(counts).forEach(rows::put);
        out.println(line.text());
    }
}
