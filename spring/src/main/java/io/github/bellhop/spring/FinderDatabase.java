package io.github.bellhop.spring;

import io.github.bellhop.sync.fetch.Fetcher;
import io.github.bellhop.sync.store.Database;
import java.util.function.BooleanSupplier;

/**
 * The database that {@code ClerkUsers} and {@code ClerkOrganizations} read. Within a transaction of the app, it uses
 * the transaction's connection. This class must not refer to Spring JDBC, which may be missing: Spring loads it to find
 * factory methods.
 *
 * @param database    the database to read
 * @param mustNotWait whether the calling thread already holds a connection and so must not wait for a second one
 */
record FinderDatabase(Database database, BooleanSupplier mustNotWait) {
    /** Returns a separate database, on which the app has no transactions. */
    static FinderDatabase apart(Database database) {
        return new FinderDatabase(database, () -> false);
    }

    /** Returns a fetcher that is safe to use within transactions. */
    Fetcher guarded(Fetcher fetcher) {
        return fetcher.refusingWhile(mustNotWait);
    }
}
