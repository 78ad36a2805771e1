package io.github.bellhop.simulator.svix;

import org.jspecify.annotations.Nullable;

/**
 * What is said of a type of event.
 *
 * @param description for people
 * @param archived    whether it is listed only when asked for
 * @param deprecated  for people
 * @param schemas     JSON schemas by version, as JSON text; null for none
 * @param featureFlag kept and not acted upon; null for none
 * @param groupName   the name of its family; null for none
 */
public record EventTypeSettings(
        String description,
        boolean archived,
        boolean deprecated,
        @Nullable String schemas,
        @Nullable String featureFlag,
        @Nullable String groupName) {
    /** The same archived or not. */
    public EventTypeSettings archived(boolean yes) {
        return new EventTypeSettings(description, yes, deprecated, schemas, featureFlag, groupName);
    }
}
