package io.github.bellhop.simulator.clerk;

import io.github.bellhop.simulator.http.ApiJson;
import java.util.SplittableRandom;
import java.util.TreeSet;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** An instance on a manual clock, with a recorder of its events. */
public final class Simulated {
    public final TickingClock clock = new TickingClock();
    public final Recorder events = new Recorder();
    public final ClerkInstance instance;

    public Simulated() {
        this(false);
    }

    Simulated(boolean cascadeEvents) {
        instance = new ClerkInstance(new ClerkSettings(clock, new SplittableRandom(7), events, cascadeEvents));
    }

    /** Creates a user and returns the id. */
    public String user() {
        return id(instance.users().createInvented());
    }

    /** Creates an organization and returns the id. */
    public String organization(String creator) {
        return id(instance.organizations().createInvented(creator));
    }

    /** Parses parameters from JSON with single quotes. */
    public static ObjectNode params(String json) {
        return (ObjectNode) ApiJson.read(json.replace('\'', '"'));
    }

    public static String id(JsonNode entity) {
        return entity.path("id").stringValue();
    }

    /** Returns the paths of all keys, with one path for all elements of an array. */
    static TreeSet<String> keys(JsonNode node) {
        TreeSet<String> keys = new TreeSet<>();
        collect(node, "", keys);
        return keys;
    }

    private static void collect(JsonNode node, String place, TreeSet<String> keys) {
        node.properties().forEach(property -> {
            keys.add(place + "." + property.getKey());
            collect(property.getValue(), place + "." + property.getKey(), keys);
        });
        if (node.isArray()) {
            node.forEach(element -> collect(element, place + "[]", keys));
        }
    }
}
