/**
 * The databases: connecting, migrating, transactions, and what each dialect says in its own way. Statements that are the
 * same everywhere stand with the feature that needs them, and run through {@link io.github.bellhop.sync.store.Sql}.
 * Start at {@link io.github.bellhop.sync.store.Database}.
 * A {@code Database} may be shared between threads; a {@code Connection} handed out by it may not.
 */
@NullMarked
package io.github.bellhop.sync.store;

import org.jspecify.annotations.NullMarked;
