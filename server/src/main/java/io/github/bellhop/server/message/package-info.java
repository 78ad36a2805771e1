/**
 * How messages and their replays are shown.
 * Start at {@link io.github.bellhop.server.message.MessagePrinter}.
 * Everything here is for one command and is not safe for concurrent use.
 */
@NullMarked
package io.github.bellhop.server.message;

import org.jspecify.annotations.NullMarked;
