/**
 * Test support for apps that receive Clerk's webhooks: signed events and a simulated Clerk. Start at
 * {@link io.github.bellhop.test.SignedEvents} for a unit test of a handler, and at
 * {@link io.github.bellhop.test.ClerkSimulatorExtension} for a test of the running app. All types are safe for
 * concurrent use, except the event builders.
 */
@NullMarked
package io.github.bellhop.test;

import org.jspecify.annotations.NullMarked;
