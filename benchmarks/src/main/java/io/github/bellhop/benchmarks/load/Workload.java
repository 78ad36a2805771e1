package io.github.bellhop.benchmarks.load;

import io.github.bellhop.simulator.fixture.Fixture;
import io.github.bellhop.simulator.fixture.Fixtures;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Messages with unique ids, created before the clock starts: new users, and some updates to earlier users.
 */
final class Workload {
    private static final Random RANDOM = new Random(20_240_528);
    /** The fixtures write keys in alphabetical order. */
    private static final Pattern EMAIL = Pattern.compile("\"email_address\":\"([^\"]+)\",\"id\":\"([^\"]+)\"");

    private final List<Message> messages;
    private final int users;

    /**
     * One message.
     *
     * @param id      the unique message id
     * @param payload the body
     */
    @SuppressWarnings("ArrayRecordComponent") // made once, sent once
    record Message(String id, byte[] payload) {}

    private record User(String id, String emailId, String address) {
        static User of(Fixture created) {
            Matcher matcher = EMAIL.matcher(new String(created.payload(), StandardCharsets.UTF_8));
            if (!matcher.find()) {
                throw new IllegalStateException("The new user has no e-mail address.");
            }
            return new User(String.valueOf(created.entityId()), matcher.group(2), matcher.group(1));
        }

        /** The same user with another name. */
        Fixture updated(Fixtures fixtures) {
            return fixtures.event("user.updated")
                    .id(id)
                    .set("data.email_addresses.0.id", emailId)
                    .set("data.email_addresses.0.email_address", address)
                    .set("data.primary_email_address_id", emailId);
        }
    }

    private Workload(List<Message> messages, int users) {
        this.messages = List.copyOf(messages);
        this.users = users;
    }

    /** Creates the given number of messages, with the given percentage of updates to earlier users. */
    static Workload of(int count, int percentUpdates) {
        Fixtures fixtures = Fixtures.of(InstantSource.system(), RANDOM);
        List<User> users = new ArrayList<>();
        List<Message> messages = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            Fixture fixture;
            if (!users.isEmpty() && RANDOM.nextInt(100) < percentUpdates) {
                fixture = users.get(RANDOM.nextInt(users.size())).updated(fixtures);
            } else {
                fixture = fixtures.event("user.created");
                users.add(User.of(fixture));
            }
            messages.add(new Message(fixtures.messageId(), fixture.payload()));
        }
        return new Workload(messages, users.size());
    }

    List<Message> messages() {
        return messages;
    }

    /** The number of users at the end. */
    int users() {
        return users;
    }
}
