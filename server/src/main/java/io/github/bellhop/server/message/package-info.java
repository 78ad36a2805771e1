/**
 * Prints messages, and reports the results of replays.
 * Start at {@link io.github.bellhop.server.message.MessagePrinter}.
 * All classes serve a single command and are not safe for concurrent use.
 */
@NullMarked
package io.github.bellhop.server.message;

import org.jspecify.annotations.NullMarked;
