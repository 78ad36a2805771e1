/**
 * What of Bellhop's Spring module differs in Spring Boot 4: the types that moved between the versions.
 * Start at {@link io.github.bellhop.spring.boot.BellhopHealthAutoConfiguration}; all else is in
 * {@code io.github.bellhop.spring}. The beans are safe for concurrent use.
 */
@NullMarked
package io.github.bellhop.spring.boot;

import org.jspecify.annotations.NullMarked;
