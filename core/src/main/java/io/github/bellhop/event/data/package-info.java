/**
 * What Clerk's events carry, one record per kind of object; lists and metadata are never null, everything else may be,
 * since Clerk may leave anything out.
 * Start at the record of the family, such as {@link io.github.bellhop.event.data.User}.
 * Everything here is immutable, may be shared between threads, and prints no more than its name and id.
 */
@NullMarked
package io.github.bellhop.event.data;

import org.jspecify.annotations.NullMarked;
