/**
 * The databases: connecting, migrating, transactions, and every statement, by intent, per dialect.
 * Start at {@link io.github.bellhop.sync.store.Database}.
 * A {@code Database} may be shared between threads; a {@code Connection} handed out by it may not.
 */
@NullMarked
package io.github.bellhop.sync.store;

import org.jspecify.annotations.NullMarked;
