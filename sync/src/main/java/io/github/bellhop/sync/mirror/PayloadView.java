package io.github.bellhop.sync.mirror;

/** Who sees a payload. What is private to each view is declared in one place, for all of them. */
public enum PayloadView {
    /** Whoever asked for everything. */
    WHOLE,
    /** The {@code raw} columns. */
    STORED,
    /** The {@code raw} columns of tables that have {@code private_metadata} too. */
    STORED_WITH_METADATA,
    /** Developers who listen to messages. */
    DEVELOPERS,
    /** A screen that others see. Texts with an e-mail address in them are masked too. */
    SCREEN
}
