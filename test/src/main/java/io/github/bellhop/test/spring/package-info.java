/**
 * The test kit in tests of Spring Boot apps: what signs with the app's own secret and finds the app by its port or by
 * MockMvc. Have {@link io.github.bellhop.test.SignedEvents}, {@link io.github.bellhop.test.Deliveries} and
 * {@link io.github.bellhop.test.Mirror} injected; {@link io.github.bellhop.test.spring.EventRequests} is for requests
 * that a test makes itself. Everything here may be used by several threads at once.
 */
@NullMarked
package io.github.bellhop.test.spring;

import org.jspecify.annotations.NullMarked;
