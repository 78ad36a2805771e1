/**
 * The parts of Bellhop's Spring module that differ in Spring Boot 3.5. Start at
 * {@link io.github.bellhop.spring.boot3.BellhopHealthAutoConfiguration}; everything else is in
 * {@code io.github.bellhop.spring}. The beans are safe for concurrent use.
 */
@NullMarked
package io.github.bellhop.spring.boot3;

import org.jspecify.annotations.NullMarked;
