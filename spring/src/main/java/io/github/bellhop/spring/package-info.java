/**
 * Bellhop in a Spring Boot app: the engine, the servlet and their supporting beans, configured by {@code bellhop.*}
 * properties. Start at {@link io.github.bellhop.spring.BellhopAutoConfiguration}, whose beans the app can replace;
 * {@code BellhopLifecycle} starts and stops them. The beans are safe for concurrent use.
 */
@NullMarked
package io.github.bellhop.spring;

import org.jspecify.annotations.NullMarked;
