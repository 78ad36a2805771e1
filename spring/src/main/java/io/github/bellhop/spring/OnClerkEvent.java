package io.github.bellhop.spring;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Has a bean's method called for Clerk's events: each once, one at a time per entity, in the order in which they came,
 * in a transaction that also holds the mark that it is done.
 *
 * <p>The method takes one event: a type ({@code UserEvent.Created}), a family ({@code UserEvent}) or all
 * ({@code ClerkEvent}); beside it, if wanted, the {@code HandlerRun} and the run's {@link java.sql.Connection}. What it
 * writes through the app's {@code JdbcTemplate} takes part in that transaction. It returns nothing, or a
 * {@code HandlerOutcome}; when it throws, it is called again later.
 */
@Documented
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
public @interface OnClerkEvent {
    /**
     * The handler's name, which is stored: with another name it is another handler, which has not seen what this one
     * has. Unless given, the names of bean and method joined by a dot.
     */
    String value() default "";

    /** Whether it is called for late updates of what is newer already, too. */
    boolean stale() default false;
}
