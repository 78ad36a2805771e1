package io.github.bellhop.sync.read;

/**
 * A user who has an e-mail address.
 *
 * @param user         who has it
 * @param emailAddress the address, as Clerk spells it
 * @param verified     whether the mirror knows that the user has proved it; who has not may be anybody
 */
public record EmailOwner(ClerkUser user, String emailAddress, boolean verified) {
    /** The user's id alone. */
    @Override
    public String toString() {
        return "EmailOwner[" + user.id() + ", verified=" + verified + "]";
    }
}
