/**
 * The data of Clerk's events, one record per kind of object. Lists and metadata are never null; all other components
 * may be, since Clerk may omit anything.
 * Start at the record of the family, such as {@link io.github.bellhop.event.data.User}.
 * Everything here is immutable and may be shared between threads; {@code toString()} shows only the name and id.
 */
@NullMarked
package io.github.bellhop.event.data;

import org.jspecify.annotations.NullMarked;
