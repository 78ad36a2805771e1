package io.github.bellhop.sync.read;

import io.github.bellhop.sync.backend.BackendEntity;
import io.github.bellhop.sync.fetch.FetchException;
import io.github.bellhop.sync.fetch.Fetcher;
import io.github.bellhop.sync.mirror.MirrorSettings;
import io.github.bellhop.sync.store.Database;
import java.sql.Connection;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Finds users in the mirror and, on request, fetches those that are not mirrored yet. Thread-safe. */
public final class ClerkUsers extends UserFinder {
    private final @Nullable Fetcher fetcher;

    private ClerkUsers(MirrorReader mirror, @Nullable Fetcher fetcher) {
        super(mirror);
        this.fetcher = fetcher;
    }

    /** Creates a finder for a database to which the engine mirrors with these settings. It never fetches from Clerk. */
    public static ClerkUsers of(Database database, MirrorSettings settings) {
        return new ClerkUsers(new MirrorReader(database, settings.tables(), null), null);
    }

    /** Returns a finder that fetches from Clerk with the given fetcher. */
    public ClerkUsers fetching(Fetcher changed) {
        return new ClerkUsers(mirror(), changed);
    }

    /**
     * Returns a finder on the caller's connection, and thus within the caller's transaction. It never fetches from
     * Clerk, because fetched entities are written in a separate transaction.
     *
     * @param connection a connection to the same database, on which the tables are visible under their unqualified
     *                   names
     */
    public UserFinder on(Connection connection) {
        return new UserFinder(mirror().on(connection));
    }

    /**
     * Returns the live user with this id from the mirror. A user who is not mirrored, or only as a stub, is fetched
     * from Clerk with one request and then mirrored. Deleted users are not fetched. No handler is called. Do not call
     * this method within a transaction: it waits for Clerk and writes on a separate connection.
     *
     * @return the user; empty if Clerk has no such user, or the user was deleted
     * @throws FetchException if this cannot currently be determined: Clerk or the network does not respond, a rate
     *     limit is exceeded, or no secret key is set
     */
    public Optional<ClerkUser> getOrFetch(String id) {
        Optional<ClerkUser> known = findIncludingDeleted(id);
        boolean whole = known.isPresent() && !known.get().stub();
        if (whole || !BackendEntity.USER.isId(id)) {
            return known.filter(user -> user.deletedAt() == null);
        }
        if (fetcher == null) {
            throw FetchException.notConfigured(id);
        }
        return fetcher.fetch(BackendEntity.USER, id) ? find(id) : Optional.empty();
    }
}
