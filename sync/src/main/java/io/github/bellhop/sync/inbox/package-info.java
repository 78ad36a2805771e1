/**
 * The interface that takes in messages, the records in the inbox, and the states of messages and handler runs. Start at
 * {@link io.github.bellhop.sync.inbox.Intake} and {@link io.github.bellhop.sync.inbox.MessageState}. Everything here is
 * immutable and may be shared between threads.
 */
@NullMarked
package io.github.bellhop.sync.inbox;

import org.jspecify.annotations.NullMarked;
