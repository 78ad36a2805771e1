package io.github.bellhop.sync.mirror;

/**
 * What the user decides about the mirror.
 *
 * @param privateMetadata whether {@code private_metadata} is mirrored; off unless asked for
 */
public record MirrorSettings(boolean privateMetadata) {
    /** The safe settings: the least data. */
    public static final MirrorSettings DEFAULT = new MirrorSettings(false);
}
