package io.github.bellhop.simulator.svix;

import java.util.Collection;
import java.util.Collections;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The settings of an endpoint.
 *
 * @param url          an HTTP or HTTPS URL
 * @param description  a description for the user interface
 * @param uid          a caller-defined second id; null for none
 * @param disabled     whether the endpoint is disabled, so that it receives nothing
 * @param eventTypes   the types to receive; null for all
 * @param channels     the channels whose messages the endpoint receives; null for all messages
 * @param throttleRate stored but not enforced; null for none
 * @param metadata     caller-defined strings
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
    /** Copies the collections. */
    public EndpointSettings {
        eventTypes = eventTypes == null ? null : Collections.unmodifiableSet(new TreeSet<>(eventTypes));
        channels = channels == null ? null : Collections.unmodifiableSet(new TreeSet<>(channels));
        metadata = Map.copyOf(metadata);
    }

    /** Settings for an endpoint that receives all messages. */
    public static EndpointSettings to(String url) {
        return new EndpointSettings(url, "", null, false, null, null, null, Map.of());
    }

    /** Returns a copy that receives only these event types; null for all. */
    public EndpointSettings eventTypes(@Nullable Collection<String> types) {
        Set<String> only = types == null ? null : new TreeSet<>(types);
        return new EndpointSettings(url, description, uid, disabled, only, channels, throttleRate, metadata);
    }

    /** Returns a copy that receives only messages in these channels; null for all. */
    public EndpointSettings channels(@Nullable Collection<String> names) {
        Set<String> only = names == null ? null : new TreeSet<>(names);
        return new EndpointSettings(url, description, uid, disabled, eventTypes, only, throttleRate, metadata);
    }

    /** Returns a copy with this uid; null for none. */
    public EndpointSettings uid(@Nullable String other) {
        return new EndpointSettings(url, description, other, disabled, eventTypes, channels, throttleRate, metadata);
    }

    /** Returns a copy with this uid, unless the settings already have one. */
    public EndpointSettings orUid(String other) {
        return uid == null ? uid(other) : this;
    }

    /** Returns a copy that is disabled or enabled. */
    public EndpointSettings disabled(boolean off) {
        return new EndpointSettings(url, description, uid, off, eventTypes, channels, throttleRate, metadata);
    }

    /** Whether the endpoint receives a message of this type in these channels. */
    boolean wants(String type, Set<String> messageChannels) {
        return (eventTypes == null || eventTypes.contains(type))
                && (channels == null || !Collections.disjoint(channels, messageChannels));
    }
}
