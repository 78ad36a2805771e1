/**
 * What a running server hands to developers' machines: its messages as a stream of lines, and relayed deliveries.
 * Start at {@link io.github.bellhop.server.feed.FeedServlet}; {@link io.github.bellhop.server.feed.FeedLine} is what
 * both sides write and read.
 * Servlets are safe for concurrent use; lines, frames and filters are immutable.
 */
@NullMarked
package io.github.bellhop.server.feed;

import org.jspecify.annotations.NullMarked;
