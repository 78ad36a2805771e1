package io.github.bellhop.sync.mirror;

import java.util.Set;

/**
 * The families of Clerk's events, mirrored or not.
 *
 * @see <a href="https://clerk.com/docs/webhooks/overview">Clerk: webhooks</a>
 */
public final class KnownFamilies {
    private static final Set<String> ALL = Set.of(
            "user",
            "session",
            "organization",
            "organizationMembership",
            "organizationInvitation",
            "organizationDomain",
            "role",
            "permission",
            "waitlistEntry",
            "email",
            "sms",
            "subscription",
            "subscriptionItem",
            "paymentAttempt");

    private KnownFamilies() {}

    /** Whether Clerk is known to send events of this family. */
    public static boolean contains(String family) {
        return ALL.contains(family);
    }
}
