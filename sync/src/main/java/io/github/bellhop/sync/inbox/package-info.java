/**
 * The way in and the durable table of messages: what stands in it and which states a message goes through.
 * Start at {@link io.github.bellhop.sync.inbox.Intake} and {@link io.github.bellhop.sync.inbox.MessageState}.
 * Everything here is immutable and may be shared between threads.
 */
@NullMarked
package io.github.bellhop.sync.inbox;

import org.jspecify.annotations.NullMarked;
