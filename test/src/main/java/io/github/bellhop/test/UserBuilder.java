package io.github.bellhop.test;

import io.github.bellhop.simulator.fixture.Fixture;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Builds an event about a user, by default a user who signed up with a verified e-mail address. Not safe for concurrent
 * use.
 */
public final class UserBuilder extends EventBuilder<UserBuilder> {
    UserBuilder(Fixture fixture) {
        super(fixture);
    }

    @Override
    UserBuilder self() {
        return this;
    }

    /** Sets the user's first name. */
    public UserBuilder firstName(@Nullable String name) {
        return set("data.first_name", name);
    }

    /** Sets the user's last name. */
    public UserBuilder lastName(@Nullable String name) {
        return set("data.last_name", name);
    }

    /** Sets the username that the user signs in with. */
    public UserBuilder username(@Nullable String name) {
        return set("data.username", name);
    }

    /** Sets the primary e-mail address, which is also the only one. */
    public UserBuilder email(String address) {
        return set("data.email_addresses.0.email_address", address);
    }

    /** Sets the app's own id for the user. */
    public UserBuilder externalId(@Nullable String id) {
        return set("data.external_id", id);
    }

    /** Sets the public metadata, which the browser can read but only the app can change. */
    public UserBuilder publicMetadata(Map<String, ?> metadata) {
        return set("data.public_metadata", metadata);
    }

    /** Sets whether the user is banned. */
    public UserBuilder banned(boolean banned) {
        return set("data.banned", banned);
    }
}
