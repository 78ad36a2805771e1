package io.github.bellhop.server.command;

import io.github.bellhop.sync.inbox.MessageRecord;
import io.github.bellhop.sync.inbox.MessageState;
import io.github.bellhop.sync.inbox.RunRecord;
import io.github.bellhop.sync.read.KeptMessage;
import java.io.PrintWriter;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Help.Ansi;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.util.RawValue;

/** Prints messages: for people in 80 columns, or one JSON object a line. */
final class MessagePrinter {
    private static final JsonMapper JSON = new JsonMapper();

    private final PrintWriter out;
    private final boolean colour;

    /** A printer; with colours where they are shown. */
    MessagePrinter(PrintWriter out, boolean colour) {
        this.out = out;
        this.colour = colour;
    }

    void line(MessageRecord message) {
        out.println(message.receivedAt().truncatedTo(ChronoUnit.SECONDS) + "  " + state(message) + "  "
                + Paragraph.plain(message.messageId()));
        String about = message.type() == null ? "(untyped)" : message.type();
        if (message.entityId() != null) {
            about += "  " + message.entityId();
        }
        out.print(Paragraph.of("    ", about));
        if (message.reason() != null) {
            out.print(Paragraph.of("    ", "reason: " + message.reason()));
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

    /** One message with what is kept of it. */
    void text(KeptMessage kept, @Nullable PayloadText payload) {
        MessageRecord message = kept.message();
        field("message", message.messageId());
        field("type", message.type());
        field("entity", message.entityId());
        field("instance", message.instanceId());
        field("occurred at", message.occurredAt());
        field("received at", message.receivedAt());
        field("state", message.listed().id());
        field("reason", message.reason());
        field("attempts", message.attempts() == 0 ? null : message.attempts() + " by the worker");
        field("next attempt", message.nextAttemptAt());
        field("died at", message.diedAt());
        for (RunRecord run : kept.runs()) {
            field("handler", run.handler() + ", " + standing(run));
        }
        out.println();
        if (payload == null) {
            out.print(Paragraph.of("The payload is gone: its time was up, or its person was erased."));
        } else {
            out.println(payload.indented().replaceAll("[\\p{Cc}\\p{Cf}&&[^\\n]]", "?"));
        }
    }

    private static String standing(RunRecord run) {
        String failed = run.attempts() + " failed" + (run.reason() == null ? "" : " (" + run.reason() + ")");
        if (run.diedAt() != null) {
            return "dead since " + run.diedAt() + ": " + failed;
        }
        String when = run.nextAttemptAt() == null
                ? "waits for the mirror"
                : run.head() ? "due " + run.nextAttemptAt() : "waits for earlier ones of its entity";
        return when + ": " + failed;
    }

    private void field(String name, @Nullable Object value) {
        if (value != null) {
            String body = Paragraph.of(" ".repeat(14), value.toString());
            out.print(name + body.substring(name.length()));
        }
    }

    void json(MessageRecord message) {
        out.println(JSON.writeValueAsString(object(message)));
    }

    void json(KeptMessage kept, @Nullable PayloadText payload) {
        ObjectNode line = object(kept.message());
        var runs = line.putArray("runs");
        for (RunRecord run : kept.runs()) {
            ObjectNode object = runs.addObject();
            object.put("handler", run.handler());
            object.put("attempts", run.attempts());
            object.put("reason", run.reason());
            object.put("next_attempt_at", text(run.nextAttemptAt()));
            object.put("died_at", text(run.diedAt()));
            object.put("head", run.head());
        }
        if (payload == null) {
            line.putNull("payload");
        } else {
            line.putRawValue("payload", new RawValue(payload.line()));
        }
        out.println(JSON.writeValueAsString(line));
    }

    private static ObjectNode object(MessageRecord message) {
        ObjectNode line = JSON.createObjectNode();
        line.put("message_id", message.messageId());
        line.put("type", message.type());
        line.put("entity_id", message.entityId());
        line.put("instance_id", message.instanceId());
        line.put("occurred_at", text(message.occurredAt()));
        line.put("received_at", text(message.receivedAt()));
        line.put("state", message.listed().id());
        line.put("reason", message.reason());
        line.put("attempts", message.attempts());
        line.put("next_attempt_at", text(message.nextAttemptAt()));
        line.put("died_at", text(message.diedAt()));
        line.put("has_payload", message.hasPayload());
        return line;
    }

    private static @Nullable String text(@Nullable Instant time) {
        return time == null ? null : time.toString();
    }
}
