package io.github.bellhop.receiver;

/** What is done about the sender's address. */
public enum AllowlistMode {
    /** Nothing. */
    OFF,
    /** Others than Svix's are counted and logged, and taken. */
    OBSERVE,
    /** Only Svix's are taken. */
    ENFORCE
}
