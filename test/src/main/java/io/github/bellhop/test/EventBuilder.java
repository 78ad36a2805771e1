package io.github.bellhop.test;

import io.github.bellhop.simulator.fixture.Fixture;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/**
 * The methods that all event builders share. Values that are not set are made up and consistent with each other. Not
 * safe for concurrent use.
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
     * Sets the Clerk id of the event's entity.
     *
     * @throws io.github.bellhop.simulator.fixture.FixtureException if the event has no place for the id
     */
    public B id(String id) {
        Fixture unused = fixture.id(id);
        return self();
    }

    /** Sets when the entity was changed, {@code data.updated_at}. This decides which of two events is newer. */
    public B updatedAt(Instant time) {
        return set("data.updated_at", time.toEpochMilli());
    }

    /**
     * Sets one value in the payload.
     *
     * @param path  keys and array indexes (from 0) separated by dots, from the root of the payload:
     *              {@code data.email_addresses.0.email_address}
     * @param value a string, number, boolean, list or map of these, or null; written as JSON
     * @throws io.github.bellhop.simulator.fixture.FixtureException if the payload has no such path
     */
    public B set(String path, @Nullable Object value) {
        Fixture unused = fixture.set(path, JSON.writeValueAsString(value));
        return self();
    }
}
