package io.github.bellhop.simulator.clerk;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * An event to cause, whatever its type.
 *
 * @param type       the type as Clerk names it, such as {@code session.ended}
 * @param ids        ids of the event's entity and of the entities in it, as for {@code Fixture.id}; in billing events,
 *                   a {@code user_} or {@code org_} id identifies the payer
 * @param settings   values to set in the payload, by path, as for {@code Fixture.set}; applied in this order
 * @param instanceId the Clerk instance that sends the event; null for the simulated one
 */
public record WantedEvent(
        String type,
        List<String> ids,
        Map<String, JsonNode> settings,
        @Nullable String instanceId) {
    /** Copies the collections. */
    public WantedEvent {
        ids = List.copyOf(ids);
        settings = new LinkedHashMap<>(settings);
    }

    /** An event of this type about the entities with these ids. Entities that do not exist are invented. */
    public static WantedEvent of(String type, String... ids) {
        return new WantedEvent(type, List.of(ids), Map.of(), null);
    }

    /** The entity's id in the settings; null if they do not set it to a string. */
    @Nullable
    String idInSettings() {
        JsonNode id = settings.get("data.id");
        return id != null && id.isString() ? id.stringValue() : null;
    }

    /** Whether the settings replace the payload's data, or set the entity's id to something other than a string. */
    boolean isWithoutEntity() {
        return settings.containsKey("data") || (settings.containsKey("data.id") && idInSettings() == null);
    }
}
