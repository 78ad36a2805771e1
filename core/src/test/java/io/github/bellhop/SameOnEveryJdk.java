package io.github.bellhop;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.Tag;

/**
 * Marks a test of data, SQL statements, texts or other programs. Its result does not depend on the virtual machine, so
 * {@code .ci/run} runs it on the oldest JDK only.
 */
@Tag("same-on-every-jdk")
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.TYPE, ElementType.METHOD})
public @interface SameOnEveryJdk {}
