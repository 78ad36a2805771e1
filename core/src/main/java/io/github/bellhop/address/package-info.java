/**
 * IP addresses, address ranges, and the list of addresses that Svix sends from.
 * Start at {@link io.github.bellhop.address.AddressList}.
 * Everything here is immutable, resolves no host names, and may be shared between threads.
 */
@NullMarked
package io.github.bellhop.address;

import org.jspecify.annotations.NullMarked;
