package io.github.bellhop.test;

import io.github.bellhop.simulator.fixture.Fixture;
import java.util.Map;

/** An organization's event in the making. Not safe for concurrent use. */
public final class OrganizationBuilder extends EventBuilder<OrganizationBuilder> {
    OrganizationBuilder(Fixture fixture) {
        super(fixture);
    }

    @Override
    OrganizationBuilder self() {
        return this;
    }

    /** The organization's name. */
    public OrganizationBuilder name(String name) {
        return set("data.name", name);
    }

    /** Its name in URLs. */
    public OrganizationBuilder slug(String slug) {
        return set("data.slug", slug);
    }

    /** What the browser may see and the app alone may change. */
    public OrganizationBuilder publicMetadata(Map<String, ?> metadata) {
        return set("data.public_metadata", metadata);
    }
}
