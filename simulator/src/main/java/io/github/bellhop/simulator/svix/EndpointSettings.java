package io.github.bellhop.simulator.svix;

import java.util.Collection;
import java.util.Collections;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What an endpoint is told.
 *
 * @param url          http or https
 * @param description  for people
 * @param uid          a second id of one's own; null for none
 * @param disabled     whether it gets nothing
 * @param eventTypes   the only types that it gets; null for all
 * @param channels     gets only messages of one of these; null for all
 * @param throttleRate kept and not acted upon; null for none
 * @param metadata     texts of one's own
 */
public record EndpointSettings(
        String url,
        String description,
        @Nullable String uid,
        boolean disabled,
        @Nullable Set<String> eventTypes,
        @Nullable Set<String> channels,
        @Nullable Integer throttleRate,
        Map<String, String> metadata) {
    /** Copies what is many. */
    public EndpointSettings {
        eventTypes = eventTypes == null ? null : Collections.unmodifiableSet(new TreeSet<>(eventTypes));
        channels = channels == null ? null : Collections.unmodifiableSet(new TreeSet<>(channels));
        metadata = Map.copyOf(metadata);
    }

    /** An endpoint that gets everything. */
    public static EndpointSettings to(String url) {
        return new EndpointSettings(url, "", null, false, null, null, null, Map.of());
    }

    /** The same for these types of event alone. */
    public EndpointSettings eventTypes(@Nullable Collection<String> types) {
        Set<String> only = types == null ? null : new TreeSet<>(types);
        return new EndpointSettings(url, description, uid, disabled, only, channels, throttleRate, metadata);
    }

    /** The same for messages of these channels alone. */
    public EndpointSettings channels(@Nullable Collection<String> names) {
        Set<String> only = names == null ? null : new TreeSet<>(names);
        return new EndpointSettings(url, description, uid, disabled, eventTypes, only, throttleRate, metadata);
    }

    /** The same with another second id. */
    public EndpointSettings uid(@Nullable String other) {
        return new EndpointSettings(url, description, other, disabled, eventTypes, channels, throttleRate, metadata);
    }

    /** The same with a second id if it has none. */
    public EndpointSettings orUid(String other) {
        return uid == null ? uid(other) : this;
    }

    /** The same switched off or on. */
    public EndpointSettings disabled(boolean off) {
        return new EndpointSettings(url, description, uid, off, eventTypes, channels, throttleRate, metadata);
    }

    /** Whether a message of this type and these channels goes to it. */
    boolean wants(String type, Set<String> messageChannels) {
        return (eventTypes == null || eventTypes.contains(type))
                && (channels == null || !Collections.disjoint(channels, messageChannels));
    }
}
