package io.github.bellhop.test;

import io.github.bellhop.simulator.fixture.Fixture;
import java.util.Map;

/** Builds an event about an organization. Not safe for concurrent use. */
public final class OrganizationBuilder extends EventBuilder<OrganizationBuilder> {
    OrganizationBuilder(Fixture fixture) {
        super(fixture);
    }

    @Override
    OrganizationBuilder self() {
        return this;
    }

    /** Sets the organization's name. */
    public OrganizationBuilder name(String name) {
        return set("data.name", name);
    }

    /** Sets the slug, which is the organization's name in URLs. */
    public OrganizationBuilder slug(String slug) {
        return set("data.slug", slug);
    }

    /** Sets the public metadata, which the browser can read but only the app can change. */
    public OrganizationBuilder publicMetadata(Map<String, ?> metadata) {
        return set("data.public_metadata", metadata);
    }
}
