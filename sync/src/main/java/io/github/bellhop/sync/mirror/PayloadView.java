package io.github.bellhop.sync.mirror;

/** The audience of a payload. {@code PrivateData} declares the private properties for every view. */
public enum PayloadView {
    /** The whole payload. */
    WHOLE,
    /** The {@code raw} columns. */
    STORED,
    /** The {@code raw} columns of tables that have {@code private_metadata} too. */
    STORED_WITH_METADATA,
    /** Developers who listen for messages. */
    DEVELOPERS,
    /** A screen that other people can see. Strings that contain an e-mail address are masked too. */
    SCREEN
}
