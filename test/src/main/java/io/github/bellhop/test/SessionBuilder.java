package io.github.bellhop.test;

import io.github.bellhop.simulator.fixture.Fixture;

/** Builds an event about a session: a sign-in or its end. Not safe for concurrent use. */
public final class SessionBuilder extends EventBuilder<SessionBuilder> {
    SessionBuilder(Fixture fixture) {
        super(fixture);
    }

    @Override
    SessionBuilder self() {
        return this;
    }

    /** Sets the user who signed in; the id starts with {@code user_}. */
    public SessionBuilder user(String userId) {
        return id(userId);
    }

    /** Sets the client's IP address, as recorded in the audit log. */
    public SessionBuilder clientAddress(String address) {
        return set("event_attributes.http_request.client_ip", address);
    }

    /** Sets the browser, as recorded in the audit log. */
    public SessionBuilder userAgent(String userAgent) {
        return set("event_attributes.http_request.user_agent", userAgent);
    }
}
