package io.github.bellhop.sync.read;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A user, as the mirror has them. What Clerk did not tell is null; what is yes or no is then no.
 *
 * @param id                   Clerk's id
 * @param externalId           the app's own id, if it gave Clerk one
 * @param username             the user name
 * @param firstName            the first name
 * @param lastName             the last name
 * @param primaryEmail         the primary e-mail address
 * @param primaryEmailVerified whether that is verified
 * @param imageUrl             a picture
 * @param publicMetadata       the public metadata, as JSON
 * @param banned               whether the user may not sign in
 * @param locked               whether the user may not sign in for a while, after wrong passwords
 * @param createdAt            when the user was created
 * @param updatedAt            when the user was changed, by Clerk's clock
 * @param lastSignInAt         the last sign-in that an event told of
 * @param deletedAt            when the user was deleted; null for a live one
 * @param stub                 whether only a copy inside another entity has come, such as that in a session
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

    /** The id alone: the rest is personal. */
    @Override
    public String toString() {
        return "ClerkUser[" + id + "]";
    }
}
