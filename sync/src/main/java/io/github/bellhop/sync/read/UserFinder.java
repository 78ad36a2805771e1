package io.github.bellhop.sync.read;

import io.github.bellhop.sync.mirror.StorableText;
import io.github.bellhop.sync.store.StoreException;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Finds users in the mirror. Only {@link #findIncludingDeleted} finds deleted users. Only the id is unique: since
 * events may arrive late, all other searches return a list, of at most {@value MirrorReader#MAX_ROWS} users.
 *
 * <p>Thread-safe, unless it uses a caller's connection, which it neither commits nor closes. Every method throws a
 * {@link StoreException} if the database cannot be read, and a {@link NotMirroredException} if a table that it needs is
 * not mirrored.
 */
public sealed class UserFinder permits ClerkUsers {
    private static final String EMAILS = "clerk_user_email_addresses";
    private static final String LIVE = "u.deleted_at is null";
    private static final String SELECT = "select " + ClerkUser.COLUMNS.of("u") + " from clerk_users u where ";
    private static final String ORDER_AND_LIMIT = " order by u.id limit " + MirrorReader.MAX_ROWS;

    static final String BY_ID = SELECT + "u.id = ?";
    static final String BY_EXTERNAL_ID = SELECT + "u.external_id = ? and " + LIVE + ORDER_AND_LIMIT;
    // SQLite uses the partial index only if the condition contains "is not null".
    static final String BY_USERNAME =
            SELECT + "u.username is not null and lower(u.username) = lower(?) and " + LIVE + ORDER_AND_LIMIT;
    static final String BY_EMAIL = "select " + ClerkUser.COLUMNS.of("u") + ", e.email_address, e.verification_status"
            + " from " + EMAILS + " e join clerk_users u on u.id = e.user_id"
            + " where lower(e.email_address) = lower(?) and " + LIVE
            + " order by case e.verification_status when 'verified' then 0 else 1 end, u.id, e.id limit "
            + MirrorReader.MAX_ROWS;

    private final MirrorReader mirror;

    UserFinder(MirrorReader mirror) {
        this.mirror = mirror;
    }

    MirrorReader mirror() {
        return mirror;
    }

    /** Returns the live user with this id. */
    public Optional<ClerkUser> find(String id) {
        return findIncludingDeleted(id).filter(user -> user.deletedAt() == null);
    }

    /** Returns the user with this id, deleted or not. */
    public Optional<ClerkUser> findIncludingDeleted(String id) {
        return users(BY_ID, id).stream().findFirst();
    }

    /** Returns the live users with this external id, which the app assigns. */
    public List<ClerkUser> findByExternalId(String externalId) {
        return users(BY_EXTERNAL_ID, externalId);
    }

    /** Returns the live users with this user name, ignoring the case of the letters A to Z. */
    public List<ClerkUser> findByUsername(String username) {
        return users(BY_USERNAME, username).stream()
                .filter(user -> equalsIgnoringAsciiCase(username, user.username()))
                .toList();
    }

    /**
     * Returns the live users with this e-mail address, primary or not; users who have verified it come first. The
     * comparison ignores the case of the letters A to Z. All other characters must be equal, so that a look-alike
     * address does not match.
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
                .filter(owner -> equalsIgnoringAsciiCase(emailAddress, owner.emailAddress()))
                .toList();
    }

    private List<ClerkUser> users(String sql, String parameter) {
        mirror.require(ClerkUser.TABLE);
        return mirror.rows(sql, row -> ClerkUser.COLUMNS.read(row, "u"), parameter);
    }

    /**
     * Returns whether two strings are equal, ignoring the case of the letters A to Z. Databases convert the case of
     * other letters differently. Some treat the Kelvin sign as a K, so a stranger's address would match another user's.
     */
    private static boolean equalsIgnoringAsciiCase(String asked, @Nullable String found) {
        return found != null && toAsciiLowerCase(StorableText.of(asked)).equals(toAsciiLowerCase(found));
    }

    private static String toAsciiLowerCase(String text) {
        StringBuilder lower = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            lower.append(c >= 'A' && c <= 'Z' ? (char) (c + ('a' - 'A')) : c);
        }
        return lower.toString();
    }
}
