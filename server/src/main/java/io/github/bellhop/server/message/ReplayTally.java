package io.github.bellhop.server.message;

import io.github.bellhop.sync.retry.Replay.Outcome;
import java.io.PrintWriter;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Counts the outcomes of replays, and explains why messages were skipped. */
public final class ReplayTally {
    private static final JsonMapper JSON = new JsonMapper();

    private final Map<Outcome, Long> counts = new EnumMap<>(Outcome.class);
    private final @Nullable String instanceId;

    /**
     * Creates an empty tally.
     *
     * @param instanceId the Clerk instance whose messages are applied; null if it is not known here
     */
    public ReplayTally(@Nullable String instanceId) {
        this.instanceId = instanceId;
    }

    /** Counts an outcome. Returns whether the message is due again. */
    public boolean count(Outcome outcome) {
        counts.merge(outcome, 1L, Long::sum);
        return outcome == Outcome.DUE;
    }

    /** Explains why the other messages are not due; empty if all are. */
    public String others() {
        return counts.entrySet().stream()
                .filter(count -> count.getKey() != Outcome.DUE)
                .map(count -> count.getValue() + " " + why(count.getKey()))
                .collect(Collectors.joining("; "));
    }

    private String why(Outcome outcome) {
        return switch (outcome) {
            case DUE -> "due again";
            case UNKNOWN_MESSAGE -> "no longer stored";
            case PAYLOAD_EXPIRED -> "without a payload (payload-expired)";
            case FOREIGN_INSTANCE ->
                "of another Clerk instance, which cannot be applied while BELLHOP_INSTANCE_ID is " + instanceId
                        + " (foreign-instance)";
            case UNTYPED -> "without a type, which cannot be applied (untyped)";
            case UNFIT_ENTITY_ID -> "without a valid entity id, which cannot be applied (unfit-entity-id)";
        };
    }

    /** Explains the outcome for a single message. */
    public String message(Outcome outcome, String messageId) {
        return switch (outcome) {
            case DUE -> messageId + " is due again.";
            case UNKNOWN_MESSAGE -> "There is no message " + messageId + ".";
            case PAYLOAD_EXPIRED -> "The payload of " + messageId + " is gone, so it cannot be applied again.";
            case FOREIGN_INSTANCE ->
                messageId + " is set aside (foreign-instance). It names another Clerk instance, so it cannot be applied"
                        + " while BELLHOP_INSTANCE_ID is " + instanceId + ".";
            case UNTYPED -> messageId + " is set aside (untyped). It has no type, so it cannot be applied.";
            case UNFIT_ENTITY_ID -> messageId + " is a dead letter without a valid entity id, so it cannot be applied.";
        };
    }

    /** Prints the counts as one JSON object. */
    public void json(PrintWriter out) {
        ObjectNode line = JSON.createObjectNode();
        line.put("due", counts.getOrDefault(Outcome.DUE, 0L));
        ObjectNode left = line.putObject("left");
        counts.forEach((outcome, count) -> {
            if (outcome != Outcome.DUE) {
                left.put(outcome.name().toLowerCase(Locale.ROOT).replace('_', '-'), count);
            }
        });
        out.println(JSON.writeValueAsString(line));
        out.flush();
    }
}
