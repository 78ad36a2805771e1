package io.github.bellhop.simulator.clerk;

import io.github.bellhop.simulator.http.ApiJson;
import io.github.bellhop.simulator.testing.Judge;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import tools.jackson.databind.JsonNode;

/** Records the events of an instance. */
public final class Recorder implements Consumer<EmittedEvent> {
    private final List<EmittedEvent> events = new ArrayList<>();

    @Override
    public synchronized void accept(EmittedEvent event) {
        Judge.webhook(event.type(), ApiJson.read(event.payload()));
        events.add(event);
    }

    public synchronized List<EmittedEvent> events() {
        return List.copyOf(events);
    }

    public List<String> types() {
        return events().stream().map(EmittedEvent::type).toList();
    }

    public synchronized void clear() {
        events.clear();
    }

    /** Returns the payload of the last event. */
    public JsonNode last() {
        List<EmittedEvent> all = events();
        return ApiJson.read(all.get(all.size() - 1).payload());
    }

    /** Returns the payload of the last event of this type. */
    public JsonNode last(String type) {
        List<EmittedEvent> all =
                events().stream().filter(event -> event.type().equals(type)).toList();
        return ApiJson.read(all.get(all.size() - 1).payload());
    }
}
