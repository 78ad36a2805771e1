/**
 * A small app without a framework that receives Clerk's webhooks. Start at
 * {@link io.github.bellhop.examples.jetty.JettyApp}. Its classes are called by Jetty's threads and the handlers'
 * threads.
 */
@NullMarked
package io.github.bellhop.examples.jetty;

import org.jspecify.annotations.NullMarked;
