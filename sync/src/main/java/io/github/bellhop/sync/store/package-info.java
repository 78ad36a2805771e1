/**
 * Database access: connections, migrations, transactions, and the statements that differ between dialects. Statements
 * that are the same in all dialects are in the packages that use them, and are run by
 * {@link io.github.bellhop.sync.store.Sql}. Start at {@link io.github.bellhop.sync.store.Database}. A {@code Database}
 * is safe to share between threads; its {@code Connection}s are not.
 */
@NullMarked
package io.github.bellhop.sync.store;

import org.jspecify.annotations.NullMarked;
