package io.github.bellhop.simulator.svix;

import io.github.bellhop.simulator.fixture.FreshIds;
import java.time.Instant;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** All state of the service. Reading or writing it requires the lock on this object. */
final class SvixState {
    final SvixSettings settings;
    final FreshIds ids;
    final NavigableMap<String, StoredApplication> applications = new TreeMap<>();
    final NavigableMap<String, ObjectNode> eventTypes = new TreeMap<>();

    private final KeptAnswers answers = new KeptAnswers();

    /** Messages without pending work. When there are too many, the oldest are dropped. */
    private final NavigableMap<String, StoredMessage> settled = new TreeMap<>();

    private int messages;

    SvixState(SvixSettings settings) {
        this.settings = settings;
        // Lists and their iterators rely only on the order of the ids.
        this.ids = FreshIds.ordered(settings.clock(), settings.random());
    }

    Instant now() {
        return settings.clock().instant();
    }

    /** Runs the work while no other thread reads or changes the state. */
    synchronized <T> T locked(Supplier<T> work) {
        return work.get();
    }

    StoredApplication application(String idOrUid) {
        return find(idOrUid).orElseThrow(() -> SvixException.notFound("Application not found"));
    }

    Optional<StoredApplication> find(String idOrUid) {
        return find(
                applications,
                idOrUid,
                application -> application.info.settings().uid());
    }

    /** Finds an item by id or, failing that, by uid. */
    static <T> Optional<T> find(Map<String, T> byId, String idOrUid, Function<T, @Nullable String> uid) {
        T found = byId.get(idOrUid);
        return found != null
                ? Optional.of(found)
                : byId.values().stream()
                        .filter(other -> idOrUid.equals(uid.apply(other)))
                        .findFirst();
    }

    void add(StoredMessage message) {
        StoredApplication application = message.application;
        application.messages.put(message.info.id(), message);
        if (message.info.eventId() != null) {
            application.messagesByEventId.put(message.info.eventId(), message);
        }
        messages++;
    }

    void add(StoredMessage message, Attempt attempt) {
        message.application.attempts.put(attempt.id(), attempt);
        message.attempts.add(attempt.id());
        answers.add(message.application, attempt);
    }

    /** Must be called whenever work on the message has started or ended. */
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
