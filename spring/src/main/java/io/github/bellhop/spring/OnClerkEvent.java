package io.github.bellhop.spring;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Makes a bean's method a handler for Clerk's events. It handles each event once; the events of one entity are handled
 * one at a time, in order of receipt. The call runs in a transaction of the app that also marks the event as done.
 *
 * <p>The method takes one event of a type ({@code UserEvent.Created}), of a family ({@code UserEvent}) or of any type
 * ({@code ClerkEvent}). It may also take the {@code HandlerRun} and the run's {@link java.sql.Connection}. Writes
 * through the app's JPA or {@code JdbcTemplate} take part in the transaction. The method returns nothing or a
 * {@code HandlerOutcome}; if it throws, it is retried later.
 *
 * <p>The annotation may be a meta-annotation on the app's own annotations, with attributes passed on by
 * {@code @AliasFor}.
 *
 * <p>String attributes may contain placeholders for properties: {@code "${app.welcome.timeout}"}.
 */
@Documented
@Target({ElementType.METHOD, ElementType.ANNOTATION_TYPE})
@Retention(RetentionPolicy.RUNTIME)
public @interface OnClerkEvent {
    /**
     * The handler's name, which is stored with its runs. A handler with a new name counts as a new handler that has not
     * handled any event. Defaults to the names of the bean and the method, joined by a dot.
     */
    String value() default "";

    /** Whether the method is also called for stale events, whose entity already has a newer state. */
    boolean stale() default false;

    /**
     * The timeout of a run; {@code "30s"} by default. It also limits each statement. On SQLite it is at most 4 seconds,
     * because all other writes wait for the run.
     */
    String timeout() default "";

    /** The number of attempts before the run becomes a dead letter; 12 by default. */
    String attempts() default "";

    /** The wait after the first failure, {@code "5s"} by default; it triples after each further failure. */
    String firstDelay() default "";

    /** The longest wait; {@code "6h"} by default. */
    String maxDelay() default "";
}
