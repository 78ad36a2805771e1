package io.github.bellhop.sync.read;

/**
 * A user who has an e-mail address.
 *
 * @param user         the user
 * @param emailAddress the address, as it is spelled in Clerk
 * @param verified     whether the user has verified the address, as far as the mirror knows; anyone may have entered an
 *                     unverified address
 */
public record EmailOwner(ClerkUser user, String emailAddress, boolean verified) {
    /** Shows only the user's id and whether the address is verified. */
    @Override
    public String toString() {
        return "EmailOwner[" + user.id() + ", verified=" + verified + "]";
    }
}
