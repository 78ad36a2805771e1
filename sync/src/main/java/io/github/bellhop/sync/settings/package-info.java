/**
 * Settings for storing, mirroring and retrying messages.
 *
 * <p>Start at {@link io.github.bellhop.sync.settings.SyncSettings}. All types are immutable and thread-safe, except the
 * builder.
 */
@NullMarked
package io.github.bellhop.sync.settings;

import org.jspecify.annotations.NullMarked;
