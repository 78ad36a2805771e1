/**
 * What tests of an app that receives Clerk's webhooks need: signed events, and a pretend Clerk.
 * Start at {@link io.github.bellhop.test.SignedEvents} for a unit test of a handler, and at
 * {@link io.github.bellhop.test.ClerkSimulatorExtension} for a test of the running app.
 * Everything here may be used by several threads at once.
 */
@NullMarked
package io.github.bellhop.test;

import org.jspecify.annotations.NullMarked;
