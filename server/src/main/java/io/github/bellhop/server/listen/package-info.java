/**
 * Brings deliveries from a running server or a relay to an app on this machine, in order for each entity.
 * Start at {@link io.github.bellhop.server.listen.Forwarder}, which a {@link io.github.bellhop.server.listen.Source}
 * feeds. A forwarder and a source serve one run; both may be ended from another thread.
 */
@NullMarked
package io.github.bellhop.server.listen;

import org.jspecify.annotations.NullMarked;
