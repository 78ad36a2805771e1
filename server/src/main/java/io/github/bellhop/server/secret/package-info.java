/**
 * The secrets of this machine: where they are found and kept, and how they stay out of messages.
 * Start at {@link io.github.bellhop.server.secret.SecretSource}.
 * Everything here is immutable; files are replaced as a whole, so several programs may use them at once.
 */
@NullMarked
package io.github.bellhop.server.secret;

import org.jspecify.annotations.NullMarked;
