package io.github.bellhop.sync.read;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A user in the mirror. Values that Clerk did not send are null, or false for flags.
 *
 * @param id                   Clerk's id
 * @param externalId           the app's own id for the user, if the app has set one in Clerk
 * @param username             the user name
 * @param firstName            the first name
 * @param lastName             the last name
 * @param primaryEmail         the primary e-mail address
 * @param primaryEmailVerified whether the primary e-mail address is verified
 * @param imageUrl             the URL of the user's picture
 * @param publicMetadata       the public metadata, as JSON
 * @param banned               whether the user is barred from signing in
 * @param locked               whether the user is barred from signing in for a while, after too many wrong passwords
 * @param createdAt            when the user was created
 * @param updatedAt            when the user was last changed, by Clerk's clock
 * @param lastSignInAt         the time of the last sign-in, as reported by an event
 * @param deletedAt            when the user was deleted; null if not deleted
 * @param stub                 whether the row is a stub: it comes only from a copy inside another entity, such as a
 *                             session
 */
public record ClerkUser(
        String id,
        @Nullable String externalId,
        @Nullable String username,
        @Nullable String firstName,
        @Nullable String lastName,
        @Nullable String primaryEmail,
        boolean primaryEmailVerified,
        @Nullable String imageUrl,
        @Nullable String publicMetadata,
        boolean banned,
        boolean locked,
        @Nullable Instant createdAt,
        @Nullable Instant updatedAt,
        @Nullable Instant lastSignInAt,
        @Nullable Instant deletedAt,
        boolean stub) {
    static final String TABLE = "clerk_users";

    static final RowColumns<ClerkUser> COLUMNS = new RowColumns<>(ClerkUser.class);

    /** Shows only the id; the rest is personal data. */
    @Override
    public String toString() {
        return "ClerkUser[" + id + "]";
    }
}
