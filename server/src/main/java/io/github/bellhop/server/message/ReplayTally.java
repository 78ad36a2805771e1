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

/** Counts what became of replays, and says why some were left alone. */
public final class ReplayTally {
    private static final JsonMapper JSON = new JsonMapper();

    private final Map<Outcome, Long> counts = new EnumMap<>(Outcome.class);
    private final @Nullable String instanceId;

    /**
     * Nothing counted yet.
     *
     * @param instanceId the Clerk instance whose messages are applied; null when it is not known here
     */
    public ReplayTally(@Nullable String instanceId) {
        this.instanceId = instanceId;
    }

    /** Counts an outcome; tells whether the message is due again. */
    public boolean count(Outcome outcome) {
        counts.merge(outcome, 1L, Long::sum);
        return outcome == Outcome.DUE;
    }

    /** Why the others are not due; empty when all are. */
    public String others() {
        return counts.entrySet().stream()
                .filter(count -> count.getKey() != Outcome.DUE)
                .map(count -> count.getValue() + " " + why(count.getKey()))
                .collect(Collectors.joining("; "));
    }

    private String why(Outcome outcome) {
        return switch (outcome) {
            case DUE -> "due again";
            case UNKNOWN_MESSAGE -> "not there any more";
            case PAYLOAD_EXPIRED -> "without a payload (payload-expired)";
            case FOREIGN_INSTANCE ->
                "of another Clerk instance, to which a replay does nothing as long as BELLHOP_INSTANCE_ID is "
                        + instanceId + " (foreign-instance)";
            case UNTYPED -> "without a type, to which a replay does nothing (untyped)";
            case UNFIT_ENTITY_ID -> "without a usable entity id, to which a replay does nothing (unfit-entity-id)";
        };
    }

    /** What is said of one message that is not due again. */
    public String told(Outcome outcome, String messageId) {
        return switch (outcome) {
            case DUE -> messageId + " is due again.";
            case UNKNOWN_MESSAGE -> "There is no message " + messageId + ".";
            case PAYLOAD_EXPIRED -> "The payload of " + messageId + " is gone, so it cannot be applied again.";
            case FOREIGN_INSTANCE ->
                messageId + " is set aside (foreign-instance). A replay does nothing as long as BELLHOP_INSTANCE_ID is "
                        + instanceId + ", which is another Clerk instance than the message names.";
            case UNTYPED -> messageId + " is set aside (untyped). It has no type, so a replay does nothing.";
            case UNFIT_ENTITY_ID ->
                messageId + " is a dead letter without a usable entity id, so a replay does nothing.";
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
