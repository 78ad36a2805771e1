package io.github.bellhop.receiver;

/** How the receiver checks the sender's address. */
public enum AllowlistMode {
    /** Checks nothing. */
    OFF,
    /** Accepts deliveries from any address, but counts and logs those that are not from Svix. */
    OBSERVE,
    /** Accepts only deliveries from Svix's addresses. */
    ENFORCE
}
