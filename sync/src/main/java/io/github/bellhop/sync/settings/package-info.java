/**
 * What the user decides about keeping, mirroring and retrying.
 *
 * <p>Begin with {@link io.github.bellhop.sync.settings.SyncSettings}. All types are immutable; thread-safe.
 */
@NullMarked
package io.github.bellhop.sync.settings;

import org.jspecify.annotations.NullMarked;
