package io.github.bellhop.benchmarks.load;

import io.github.bellhop.simulator.fixture.Fixture;
import io.github.bellhop.simulator.fixture.Fixtures;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Messages made before the clock runs: unique ids, new users, and a share of updates of earlier ones. */
final class Workload {
    private static final Random RANDOM = new Random(20_240_528);

    private final List<Message> messages = new ArrayList<>();
    private final int users;

    /**
     * One message.
     *
     * @param id      unique
     * @param payload the body
     */
    @SuppressWarnings("ArrayRecordComponent") // made once, sent once
    record Message(String id, byte[] payload) {}

    private Workload(int users) {
        this.users = users;
    }

    /** So many messages, of which the given percentage are updates of users created before. */
    static Workload of(int count, int percentUpdates) {
        Fixtures fixtures = Fixtures.of(InstantSource.system(), RANDOM);
        List<String> users = new ArrayList<>();
        List<Message> messages = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            boolean update = !users.isEmpty() && RANDOM.nextInt(100) < percentUpdates;
            Fixture fixture = fixtures.event(update ? "user.updated" : "user.created");
            if (update) {
                fixture.id(users.get(RANDOM.nextInt(users.size())));
            } else {
                users.add(String.valueOf(fixture.entityId()));
            }
            messages.add(new Message(fixtures.messageId(), fixture.payload()));
        }
        Workload workload = new Workload(users.size());
        workload.messages.addAll(messages);
        return workload;
    }

    List<Message> messages() {
        return messages;
    }

    /** How many users there are in the end. */
    int users() {
        return users;
    }
}
