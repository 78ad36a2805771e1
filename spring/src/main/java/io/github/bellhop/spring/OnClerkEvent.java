package io.github.bellhop.spring;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Has a bean's method called for Clerk's events: each once, one at a time per entity, in the order in which they came,
 * in a transaction of the app's that also holds the mark that it is done.
 *
 * <p>The method takes one event: a type ({@code UserEvent.Created}), a family ({@code UserEvent}) or all
 * ({@code ClerkEvent}); beside it, if wanted, the {@code HandlerRun} and the run's {@link java.sql.Connection}. What it
 * writes through the app's JPA or {@code JdbcTemplate} takes part in that transaction. It returns nothing, or a
 * {@code HandlerOutcome}; when it throws, it is called again later.
 *
 * <p>An annotation of the app's own may carry this one, and pass attributes on with {@code @AliasFor}.
 *
 * <p>The texts may hold placeholders of the app's settings: {@code "${app.welcome.timeout}"}.
 */
@Documented
@Target({ElementType.METHOD, ElementType.ANNOTATION_TYPE})
@Retention(RetentionPolicy.RUNTIME)
public @interface OnClerkEvent {
    /**
     * The handler's name, which is stored: with another name it is another handler, which has not seen what this one
     * has. Unless given, the names of bean and method joined by a dot.
     */
    String value() default "";

    /** Whether it is called for late updates of what is newer already, too. */
    boolean stale() default false;

    /**
     * How long a run may take, such as {@code "30s"}, which it is unless given. Statements are bounded by it too. On
     * SQLite it is 4 seconds at most, since nothing else is written meanwhile.
     */
    String timeout() default "";

    /** How many attempts there are before a message is a dead letter; 12 unless given. */
    String attempts() default "";

    /** The wait after the first failure, such as {@code "5s"}, which it is unless given; it triples with each. */
    String firstDelay() default "";

    /** The longest wait, such as {@code "6h"}, which it is unless given. */
    String maxDelay() default "";
}
