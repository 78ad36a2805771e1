/**
 * Bellhop inside a Spring Boot app: the engine, the servlet and what is needed around them, from {@code bellhop.*}
 * properties. Start at {@link io.github.bellhop.spring.BellhopAutoConfiguration}, whose beans all step back for the
 * app's own; {@code BellhopLifecycle} starts and stops them. The beans are safe for concurrent use.
 */
@NullMarked
package io.github.bellhop.spring;

import org.jspecify.annotations.NullMarked;
