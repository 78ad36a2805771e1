/**
 * The test kit for Spring Boot apps. It signs events with the app's own secret, and reaches the app at its port or
 * through MockMvc. Inject {@link io.github.bellhop.test.SignedEvents}, {@link io.github.bellhop.test.Deliveries} and
 * {@link io.github.bellhop.test.Mirror}; use {@link io.github.bellhop.test.spring.EventRequests} for a test's own
 * requests. All types are safe for concurrent use.
 */
@NullMarked
package io.github.bellhop.test.spring;

import org.jspecify.annotations.NullMarked;
