package io.github.bellhop.event.data;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * The JSON keys of a component whose key is not simply its name in snake_case. The first key with a
 * usable, non-empty value wins. A dot in a key separates an object's key from a key inside it.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.RECORD_COMPONENT)
public @interface WireName {
    /** Returns the keys, the preferred key first. */
    String[] value();
}
