/**
 * The running program: the public port, the operator's port, and the order in which they open and close.
 * Start at {@link io.github.bellhop.server.serve.Server}.
 * A server is started once and stopped once; its parts are thread-safe.
 */
@NullMarked
package io.github.bellhop.server.serve;

import org.jspecify.annotations.NullMarked;
