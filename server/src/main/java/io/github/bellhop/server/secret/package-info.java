/**
 * Finds and stores this machine's secrets, and keeps secrets out of messages.
 * Start at {@link io.github.bellhop.server.secret.SecretSource}.
 * All classes are immutable. Files are replaced as a whole, so several programs may use them at the same time.
 */
@NullMarked
package io.github.bellhop.server.secret;

import org.jspecify.annotations.NullMarked;
