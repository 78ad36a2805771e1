package io.github.bellhop.test;

import io.github.bellhop.simulator.fixture.Fixture;

/** Builds an event about a membership of a user in an organization. Not safe for concurrent use. */
public final class MembershipBuilder extends EventBuilder<MembershipBuilder> {
    MembershipBuilder(Fixture fixture) {
        super(fixture);
    }

    @Override
    MembershipBuilder self() {
        return this;
    }

    /** Sets the member; the id starts with {@code user_}. */
    public MembershipBuilder user(String userId) {
        return id(userId);
    }

    /** Sets the organization; the id starts with {@code org_}. */
    public MembershipBuilder organization(String organizationId) {
        return id(organizationId);
    }

    /** Sets the role's key, such as {@code org:admin}. */
    public MembershipBuilder role(String key) {
        return set("data.role", key);
    }
}
