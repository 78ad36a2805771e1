package io.github.bellhop.event.data;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * The keys under which Clerk sends a component, where one key in snake_case is not the whole story. The first key counts
 * whose value is usable and not empty text; a dot leads into an object.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.RECORD_COMPONENT)
public @interface WireName {
    /** The keys, the preferred one first. */
    String[] value();
}
