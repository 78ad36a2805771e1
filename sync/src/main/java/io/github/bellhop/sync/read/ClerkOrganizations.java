package io.github.bellhop.sync.read;

import io.github.bellhop.sync.backend.BackendEntity;
import io.github.bellhop.sync.fetch.FetchException;
import io.github.bellhop.sync.fetch.Fetcher;
import io.github.bellhop.sync.mirror.MirrorSettings;
import io.github.bellhop.sync.store.Database;
import java.sql.Connection;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Finds organizations in the mirror and, on request, fetches those that are not mirrored yet. Members are read only
 * from the mirror. Thread-safe.
 */
public final class ClerkOrganizations extends OrganizationFinder {
    private final @Nullable Fetcher fetcher;

    private ClerkOrganizations(MirrorReader mirror, @Nullable Fetcher fetcher) {
        super(mirror);
        this.fetcher = fetcher;
    }

    /** Creates a finder for a database to which the engine mirrors with these settings. It never fetches from Clerk. */
    public static ClerkOrganizations of(Database database, MirrorSettings settings) {
        return new ClerkOrganizations(new MirrorReader(database, settings.tables(), null), null);
    }

    /** Returns a finder that fetches from Clerk with the given fetcher. */
    public ClerkOrganizations fetching(Fetcher changed) {
        return new ClerkOrganizations(mirror(), changed);
    }

    /**
     * Returns a finder on the caller's connection, and thus within the caller's transaction. It never fetches from
     * Clerk, because fetched entities are written in a separate transaction.
     *
     * @param connection a connection to the same database, on which the tables are visible under their unqualified
     *                   names
     */
    public OrganizationFinder on(Connection connection) {
        return new OrganizationFinder(mirror().on(connection));
    }

    /**
     * Returns the live organization with this id from the mirror. If it is not mirrored, or is only a stub, it is
     * fetched from Clerk with one request and mirrored. Deleted organizations are not fetched. No handler is called. Do
     * not call this method within a transaction: it waits for Clerk and writes on a separate connection.
     *
     * @return the organization; empty if Clerk has no such organization, or it was deleted
     * @throws FetchException if this cannot currently be determined: Clerk or the network does not respond, a rate
     *     limit is exceeded, or no secret key is set
     */
    public Optional<ClerkOrganization> getOrFetch(String id) {
        Optional<ClerkOrganization> known = findIncludingDeleted(id);
        boolean whole = known.isPresent() && !known.get().stub();
        if (whole || !BackendEntity.ORGANIZATION.isId(id)) {
            return known.filter(organization -> organization.deletedAt() == null);
        }
        if (fetcher == null) {
            throw FetchException.notConfigured(id);
        }
        return fetcher.fetch(BackendEntity.ORGANIZATION, id) ? find(id) : Optional.empty();
    }
}
