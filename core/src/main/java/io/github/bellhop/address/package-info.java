/**
 * IP addresses and ranges, and the list of those that Svix sends from.
 * Start at {@link io.github.bellhop.address.AddressList}.
 * Everything here is immutable, looks no name up, and may be shared between threads.
 */
@NullMarked
package io.github.bellhop.address;

import org.jspecify.annotations.NullMarked;
