/**
 * Brings deliveries to an app on this machine: from a running server or through a relay, and in order per entity.
 * Start at {@link io.github.bellhop.server.listen.Forwarder}, which a {@link io.github.bellhop.server.listen.Source}
 * feeds. A forwarder and a source serve one run; both may be ended from another thread.
 */
@NullMarked
package io.github.bellhop.server.listen;

import org.jspecify.annotations.NullMarked;
