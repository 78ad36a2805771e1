package io.github.bellhop.sync.read;

import io.github.bellhop.sync.mirror.StorableText;
import io.github.bellhop.sync.store.StoreException;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Finds users in the mirror. Deleted ones are not found unless that is asked for. Only an id names one user: of all else
 * Clerk may have told of several, so those are lists, of at most {@value MirrorReader#MOST}.
 *
 * <p>One on a connection of its own is thread-safe; one on a given connection is as that is, and neither commits nor
 * closes it. Every method throws a {@link StoreException} when the database cannot be read, and a
 * {@link NotMirroredException} when a table that it needs is not mirrored.
 */
public sealed class UserFinder permits ClerkUsers {
    private static final String EMAILS = "clerk_user_email_addresses";
    private static final String LIVE = "u.deleted_at is null";
    private static final String SELECT = "select " + ClerkUser.COLUMNS.of("u") + " from clerk_users u where ";
    private static final String MOST = " order by u.id limit " + MirrorReader.MOST;

    static final String BY_ID = SELECT + "u.id = ?";
    static final String BY_EXTERNAL_ID = SELECT + "u.external_id = ? and " + LIVE + MOST;
    // That it is not null is said for SQLite, which would not find the index otherwise.
    static final String BY_USERNAME =
            SELECT + "u.username is not null and lower(u.username) = lower(?) and " + LIVE + MOST;
    static final String BY_EMAIL = "select " + ClerkUser.COLUMNS.of("u") + ", e.email_address, e.verification_status"
            + " from " + EMAILS + " e join clerk_users u on u.id = e.user_id"
            + " where lower(e.email_address) = lower(?) and " + LIVE
            + " order by case e.verification_status when 'verified' then 0 else 1 end, u.id, e.id limit "
            + MirrorReader.MOST;

    private final MirrorReader mirror;

    UserFinder(MirrorReader mirror) {
        this.mirror = mirror;
    }

    MirrorReader mirror() {
        return mirror;
    }

    /** The live user with this id. */
    public Optional<ClerkUser> find(String id) {
        return findIncludingDeleted(id).filter(user -> user.deletedAt() == null);
    }

    /** The user with this id, whether deleted or not. */
    public Optional<ClerkUser> findIncludingDeleted(String id) {
        return users(BY_ID, id).stream().findFirst();
    }

    /** The live users to whom the app gave this id of its own. */
    public List<ClerkUser> findByExternalId(String externalId) {
        return users(BY_EXTERNAL_ID, externalId);
    }

    /** The live users with this user name; the letters A to Z may be large or small. */
    public List<ClerkUser> findByUsername(String username) {
        return users(BY_USERNAME, username).stream()
                .filter(user -> isSame(username, user.username()))
                .toList();
    }

    /**
     * The live users who have this e-mail address, be it their primary one or not; those who have proved it come first.
     * The letters A to Z may be large or small; all others must be the same, so that no look-alike is taken for another.
     */
    public List<EmailOwner> findByEmail(String emailAddress) {
        mirror.require(ClerkUser.TABLE);
        mirror.require(EMAILS);
        List<EmailOwner> found = mirror.rows(
                BY_EMAIL,
                row -> new EmailOwner(
                        ClerkUser.COLUMNS.read(row, "u"),
                        row.getString("email_address"),
                        "verified".equals(row.getString("verification_status"))),
                emailAddress);
        return found.stream()
                .filter(owner -> isSame(emailAddress, owner.emailAddress()))
                .toList();
    }

    private List<ClerkUser> users(String sql, String parameter) {
        mirror.require(ClerkUser.TABLE);
        return mirror.rows(sql, row -> ClerkUser.COLUMNS.read(row, "u"), parameter);
    }

    /**
     * Whether texts are the same in which the letters A to Z may be large or small. Databases differ about all others, and
     * some take the sign of the kelvin for a K: then a stranger's address would be another's.
     */
    private static boolean isSame(String asked, @Nullable String found) {
        return found != null && small(StorableText.of(asked)).equals(small(found));
    }

    private static String small(String text) {
        StringBuilder small = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            small.append(c >= 'A' && c <= 'Z' ? (char) (c + ('a' - 'A')) : c);
        }
        return small.toString();
    }
}
