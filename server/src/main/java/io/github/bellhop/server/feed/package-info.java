/**
 * Passes messages from a running server to developers' machines: as a stream of lines, or as relayed deliveries.
 * Start at {@link io.github.bellhop.server.feed.FeedServlet}; {@link io.github.bellhop.server.feed.FeedLine} is the
 * format that both sides use.
 * Servlets are thread-safe; lines, frames and filters are immutable.
 */
@NullMarked
package io.github.bellhop.server.feed;

import org.jspecify.annotations.NullMarked;
