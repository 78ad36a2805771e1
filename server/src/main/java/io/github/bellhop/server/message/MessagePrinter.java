package io.github.bellhop.server.message;

import io.github.bellhop.server.terminal.JsonLine;
import io.github.bellhop.server.terminal.Paragraph;
import io.github.bellhop.sync.inbox.MessageRecord;
import io.github.bellhop.sync.inbox.MessageState;
import io.github.bellhop.sync.inbox.RunRecord;
import io.github.bellhop.sync.inbox.RunState;
import io.github.bellhop.sync.mirror.ShownPayload;
import io.github.bellhop.sync.read.KeptMessage;
import java.io.PrintWriter;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Help.Ansi;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.util.RawValue;

/** Prints messages, as text in 80 columns or as one JSON object per line. */
public final class MessagePrinter {

    private final PrintWriter out;
    private final boolean colour;

    /** Creates a printer, with or without colours. */
    public MessagePrinter(PrintWriter out, boolean colour) {
        this.out = out;
        this.colour = colour;
    }

    /** Prints a short description of a message in a list. */
    public void line(MessageRecord message, List<RunRecord> runs) {
        out.println(message.receivedAt().truncatedTo(ChronoUnit.SECONDS) + "  " + state(message) + "  "
                + Paragraph.plain(message.messageId()));
        String about = message.type() == null ? "(untyped)" : message.type();
        if (message.entityId() != null) {
            about += "  " + message.entityId();
        }
        out.print(Paragraph.of("    ", about));
        if (message.reason() != null) {
            out.print(Paragraph.of("    ", "reason: " + ReasonWords.of(message)));
        }
        for (RunRecord run : runs) {
            out.print(Paragraph.of(
                    "    ", "handler " + run.handler() + " " + run.state().id() + ": " + status(run)));
        }
    }

    private String state(MessageRecord message) {
        String word = message.listed().id();
        String padded = word + " ".repeat(Math.max(0, 8 - word.length()));
        if (!colour) {
            return padded;
        }
        String style = message.state() == MessageState.DEAD ? "bold,red" : word.equals("mirrored") ? "green" : "yellow";
        return Ansi.ON.string("@|" + style + " " + padded + "|@");
    }

    /** Prints a message with its runs and payload. */
    public void text(KeptMessage kept, @Nullable ShownPayload payload) {
        MessageRecord message = kept.message();
        field("message", message.messageId());
        field("type", message.type());
        field("entity", message.entityId());
        field("instance", message.instanceId());
        field("occurred at", message.occurredAt());
        field("received at", message.receivedAt());
        field("state", message.listed().id());
        field("reason", message.reason() == null ? null : ReasonWords.of(message));
        field("attempts", message.attempts() == 0 ? null : message.attempts() + " by the worker");
        field("next attempt", message.nextAttemptAt());
        field("died at", message.diedAt());
        for (RunRecord run : kept.runs()) {
            field("handler", run.handler() + " " + run.state().id() + ": " + status(run));
            field("failed", failed(run));
        }
        out.println();
        if (payload == null) {
            out.print(Paragraph.of("The payload is gone: its retention ended, or the person was erased."));
        } else {
            out.println(payload.indented().replaceAll("[\\p{Cc}\\p{Cf}\\p{Zl}\\p{Zp}&&[^\\n]]", "?"));
        }
    }

    private static String status(RunRecord run) {
        String failed = run.attempts() == 0 ? "" : "; failed attempts: " + run.attempts();
        String cause = run.cause() == null ? "" : " (" + run.cause() + ")";
        String since = run.diedAt() != null
                ? "since " + run.diedAt()
                : run.nextAttemptAt() == null
                        ? "waits for the mirror"
                        : run.head() ? "due " + run.nextAttemptAt() : "waits for an earlier run of its entity";
        return since + failed + cause;
    }

    private static @Nullable String failed(RunRecord run) {
        return run.firstFailedAt() == null ? null : "first " + run.firstFailedAt() + ", last " + run.lastFailedAt();
    }

    private void field(String name, @Nullable Object value) {
        if (value != null) {
            String body = Paragraph.of(" ".repeat(14), value.toString());
            out.print(name + body.substring(name.length()));
        }
    }

    /** Prints a message in a list as one line of JSON. */
    public void json(MessageRecord message, List<RunRecord> runs) {
        out.println(jsonLine(message, runs).text());
    }

    /** Prints a message with its runs and payload as one line of JSON. */
    public void json(KeptMessage kept, @Nullable ShownPayload payload) {
        JsonLine line = jsonLine(kept.message(), kept.runs());
        var runs = line.object().putArray("runs");
        for (RunRecord run : kept.runs()) {
            ObjectNode object = runs.addObject();
            object.put("handler", run.handler());
            object.put("state", run.state().id());
            object.put("attempts", run.attempts());
            object.put("reason", run.reason());
            object.put("detail", run.detail());
            object.put("first_failed_at", text(run.firstFailedAt()));
            object.put("last_failed_at", text(run.lastFailedAt()));
            object.put("next_attempt_at", text(run.nextAttemptAt()));
            object.put("died_at", text(run.diedAt()));
            object.put("head", run.head());
        }
        if (payload == null) {
            line.object().putNull("payload");
        } else {
            line.object().putRawValue("payload", new RawValue(payload.line()));
        }
        out.println(line.text());
    }

    private static JsonLine jsonLine(MessageRecord message, List<RunRecord> runs) {
        JsonLine line = new JsonLine();
        line.put("message_id", message.messageId());
        line.put("type", message.type());
        line.put("entity_id", message.entityId());
        line.put("instance_id", message.instanceId());
        line.put("occurred_at", message.occurredAt());
        line.put("received_at", message.receivedAt());
        line.put("state", message.listed().id());
        line.put("reason", message.reason());
        line.put("meaning", ReasonWords.meaning(message));
        line.put("attempts", message.attempts());
        line.put("next_attempt_at", message.nextAttemptAt());
        line.put("died_at", message.diedAt());
        line.put("has_payload", message.hasPayload());
        line.put(
                "handlers",
                runs.stream()
                        .map(RunRecord::state)
                        .max(Comparator.naturalOrder())
                        .map(RunState::id)
                        .orElse(null));
        return line;
    }

    private static @Nullable String text(@Nullable Instant time) {
        return time == null ? null : time.toString();
    }
}
