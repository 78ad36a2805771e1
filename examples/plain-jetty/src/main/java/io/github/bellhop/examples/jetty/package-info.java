/**
 * A small app without a framework that takes Clerk's webhooks. Start at {@link io.github.bellhop.examples.jetty.JettyApp}.
 * Its parts are used by Jetty's threads and by those of the handlers.
 */
@NullMarked
package io.github.bellhop.examples.jetty;

import org.jspecify.annotations.NullMarked;
