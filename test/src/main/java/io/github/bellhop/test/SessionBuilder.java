package io.github.bellhop.test;

import io.github.bellhop.simulator.fixture.Fixture;

/** A session's event in the making: a sign-in, or its end. Not safe for concurrent use. */
public final class SessionBuilder extends EventBuilder<SessionBuilder> {
    SessionBuilder(Fixture fixture) {
        super(fixture);
    }

    @Override
    SessionBuilder self() {
        return this;
    }

    /** Who signed in; an id that begins with {@code user_}. */
    public SessionBuilder user(String userId) {
        return id(userId);
    }

    /** From where, as the audit log has it. */
    public SessionBuilder clientAddress(String address) {
        return set("event_attributes.http_request.client_ip", address);
    }

    /** With what, as the audit log has it. */
    public SessionBuilder userAgent(String userAgent) {
        return set("event_attributes.http_request.user_agent", userAgent);
    }
}
