/**
 * The parts of Bellhop's Spring module that differ in Spring Boot 4, where some types moved. Start at
 * {@link io.github.bellhop.spring.boot.BellhopHealthAutoConfiguration}; everything else is in
 * {@code io.github.bellhop.spring}. The beans are safe for concurrent use.
 */
@NullMarked
package io.github.bellhop.spring.boot;

import org.jspecify.annotations.NullMarked;
