package io.github.bellhop.test;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Gives a test, or each test of a class, a pretend Clerk of its own: declare a parameter of the type
 * {@link io.github.bellhop.simulator.ClerkSimulator}. It runs until the test is over.
 */
@Documented
@Target({ElementType.TYPE, ElementType.METHOD})
@Retention(RetentionPolicy.RUNTIME)
@ExtendWith(ClerkSimulatorExtension.class)
public @interface ClerkSimulation {
    /** Decides ids, names and jitter; 0 for another one each time, which is told when the test fails. */
    long seed() default 0;

    /** How much faster the schedule of retries runs; 3600 makes an hour a second. */
    double timeScale() default 1;
}
