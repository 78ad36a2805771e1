package io.github.bellhop.simulator.svix;

import io.github.bellhop.simulator.fixture.FreshIds;
import java.time.Instant;
import java.util.NavigableMap;
import java.util.TreeMap;

/** All that the service keeps. Whoever reads or writes it holds its lock, which is this object. */
final class SvixState {
    final SvixSettings settings;
    final OrderedIds ids;
    final NavigableMap<String, StoredApplication> applications = new TreeMap<>();
    final NavigableMap<String, EventTypeEntry> eventTypes = new TreeMap<>();

    /** Messages of which nothing is pending: the oldest of them are forgotten when there are too many. */
    private final NavigableMap<String, StoredMessage> settled = new TreeMap<>();

    private int messages;

    SvixState(SvixSettings settings) {
        this.settings = settings;
        this.ids = new OrderedIds(FreshIds.of(settings.clock(), settings.random()));
    }

    Instant now() {
        return settings.clock().instant();
    }

    StoredApplication application(String idOrUid) {
        StoredApplication application = applications.get(idOrUid);
        if (application != null) {
            return application;
        }
        return applications.values().stream()
                .filter(other -> idOrUid.equals(other.info.settings().uid()))
                .findFirst()
                .orElseThrow(() -> SvixException.notFound("Application not found"));
    }

    boolean hasApplication(String idOrUid) {
        return applications.containsKey(idOrUid)
                || applications.values().stream()
                        .anyMatch(other -> idOrUid.equals(other.info.settings().uid()));
    }

    void add(StoredMessage message) {
        StoredApplication application = message.application;
        application.messages.put(message.info.id(), message);
        if (message.info.eventId() != null) {
            application.messagesByEventId.put(message.info.eventId(), message);
        }
        messages++;
    }

    /** To be called when something of the message has begun or ended. */
    void touched(StoredMessage message) {
        String id = message.info.id();
        if (!message.settled()) {
            settled.remove(id);
        } else if (message.application.messages.containsKey(id)) {
            settled.put(id, message);
        }
        while (messages > settings.keptMessages() && !settled.isEmpty()) {
            forget(settled.firstEntry().getValue());
        }
    }

    void forgetAll(StoredApplication application) {
        for (StoredMessage message : application.messages.values().toArray(StoredMessage[]::new)) {
            forget(message);
        }
    }

    private void forget(StoredMessage message) {
        StoredApplication application = message.application;
        settled.remove(message.info.id());
        application.messages.remove(message.info.id());
        if (message.info.eventId() != null) {
            application.messagesByEventId.remove(message.info.eventId());
        }
        message.attempts.forEach(application.attempts::remove);
        messages--;
    }
}
