package io.github.bellhop.test;

import io.github.bellhop.simulator.fixture.Fixture;

/** The event of a membership in the making: a user in an organization. Not safe for concurrent use. */
public final class MembershipBuilder extends EventBuilder<MembershipBuilder> {
    MembershipBuilder(Fixture fixture) {
        super(fixture);
    }

    @Override
    MembershipBuilder self() {
        return this;
    }

    /** Who is the member; an id that begins with {@code user_}. */
    public MembershipBuilder user(String userId) {
        return id(userId);
    }

    /** Of what; an id that begins with {@code org_}. */
    public MembershipBuilder organization(String organizationId) {
        return id(organizationId);
    }

    /** The role's key, such as {@code org:admin}. */
    public MembershipBuilder role(String key) {
        return set("data.role", key);
    }
}
