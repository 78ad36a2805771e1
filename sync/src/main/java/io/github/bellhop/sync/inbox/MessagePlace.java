package io.github.bellhop.sync.inbox;

/**
 * The place of a message in the order in which messages came.
 *
 * @param receivedAt when it came, in milliseconds
 * @param messageId  its id, which decides among those of one millisecond
 */
public record MessagePlace(long receivedAt, String messageId) {}
