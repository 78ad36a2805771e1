package io.github.bellhop.spring;

import io.github.bellhop.sync.fetch.Fetcher;
import io.github.bellhop.sync.store.Database;
import java.util.function.BooleanSupplier;

/**
 * The database as {@code ClerkUsers} and {@code ClerkOrganizations} read it: within a transaction of the app's, on that
 * transaction's connection. Names no class of Spring's JDBC, which an app may lack: Spring reads this class when it looks
 * for factory methods.
 *
 * @param database    what is read
 * @param mustNotWait whether the calling thread holds a connection that a second one must not be waited for with
 */
record FinderDatabase(Database database, BooleanSupplier mustNotWait) {
    /** A database that the app's transactions are not of. */
    static FinderDatabase apart(Database database) {
        return new FinderDatabase(database, () -> false);
    }

    /** The fetcher as callers in transactions have it. */
    Fetcher guarded(Fetcher fetcher) {
        return fetcher.refusingWhile(mustNotWait);
    }
}
