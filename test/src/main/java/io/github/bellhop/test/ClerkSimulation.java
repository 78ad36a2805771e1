package io.github.bellhop.test;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Gives a test, or each test of a class, its own simulated Clerk. Declare a parameter of type
 * {@link io.github.bellhop.simulator.ClerkSimulator}; it runs until the test ends.
 */
@Documented
@Target({ElementType.TYPE, ElementType.METHOD})
@Retention(RetentionPolicy.RUNTIME)
@ExtendWith(ClerkSimulatorExtension.class)
public @interface ClerkSimulation {
    /** The seed for ids, names and jitter. 0 picks a new seed each time, which is reported if the test fails. */
    long seed() default 0;

    /** How many times faster the retry schedule runs; 3600 turns an hour into a second. */
    double timeScale() default 1;
}
