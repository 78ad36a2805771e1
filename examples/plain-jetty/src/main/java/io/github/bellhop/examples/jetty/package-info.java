/**
 * A small app without a framework that receives Clerk's webhooks. Start at
 * {@link io.github.bellhop.examples.jetty.JettyApp}. Jetty's threads and the handlers' threads call its
 * classes.
 */
@NullMarked
package io.github.bellhop.examples.jetty;

import org.jspecify.annotations.NullMarked;
