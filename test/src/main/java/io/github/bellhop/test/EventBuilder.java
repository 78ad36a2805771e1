package io.github.bellhop.test;

import io.github.bellhop.simulator.fixture.Fixture;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/**
 * What all builders of events can do. Whatever is not told is invented so that it fits together. Not safe for
 * concurrent use.
 *
 * @param <B> the builder itself
 */
public abstract sealed class EventBuilder<B extends EventBuilder<B>>
        permits UserBuilder, OrganizationBuilder, MembershipBuilder, SessionBuilder {
    private static final JsonMapper JSON = JsonMapper.shared();

    private final Fixture fixture;

    EventBuilder(Fixture fixture) {
        this.fixture = fixture;
    }

    abstract B self();

    Fixture fixture() {
        return fixture;
    }

    /**
     * Gives the entity that the event is about its Clerk id.
     *
     * @throws io.github.bellhop.simulator.fixture.FixtureException when the event has no place for it
     */
    public B id(String id) {
        Fixture unused = fixture.id(id);
        return self();
    }

    /** When the entity was changed, {@code data.updated_at}: what decides which of two events is newer. */
    public B updatedAt(Instant time) {
        return set("data.updated_at", time.toEpochMilli());
    }

    /**
     * Sets one value of the payload.
     *
     * @param path  keys and array positions (from 0) with dots between them, from the payload's root:
     *              {@code data.email_addresses.0.email_address}
     * @param value what becomes JSON: a text, a number, a boolean, a list or map of these, null
     * @throws io.github.bellhop.simulator.fixture.FixtureException when the payload has no such place
     */
    public B set(String path, @Nullable Object value) {
        Fixture unused = fixture.set(path, JSON.writeValueAsString(value));
        return self();
    }
}
