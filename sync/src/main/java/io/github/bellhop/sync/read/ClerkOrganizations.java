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
 * The organizations in the mirror, and, on request, those that Clerk has and the mirror has not yet. Thread-safe.
 * Members are of the mirror alone.
 */
public final class ClerkOrganizations extends OrganizationFinder {
    private final @Nullable Fetcher fetcher;

    private ClerkOrganizations(MirrorReader mirror, @Nullable Fetcher fetcher) {
        super(mirror);
        this.fetcher = fetcher;
    }

    /** Those of a database into which the engine mirrors under these settings; Clerk is not asked. */
    public static ClerkOrganizations of(Database database, MirrorSettings settings) {
        return new ClerkOrganizations(new MirrorReader(database, settings.tables(), null), null);
    }

    /** The same, asking Clerk by this fetcher. */
    public ClerkOrganizations fetching(Fetcher by) {
        return new ClerkOrganizations(mirror(), by);
    }

    /**
     * Finds on a connection of the caller's, so within the caller's transaction. It fetches nothing: what is fetched is
     * written in a transaction of its own.
     *
     * @param connection one to the same database, on which the tables are seen under their plain names
     */
    public OrganizationFinder on(Connection connection) {
        return new OrganizationFinder(mirror().on(connection));
    }

    /**
     * The live organization with this id: from the mirror if it is there, else, and if only a copy inside another entity
     * is, from Clerk by one request, after which it is in the mirror. Deleted ones are not asked for. No handler is
     * called. Not for use within a transaction: it waits for Clerk, and writes on a connection of its own.
     *
     * @return empty when Clerk knows no such organization, or it was deleted
     * @throws FetchException when that cannot be told now: Clerk or the network does not answer, too much was asked, or
     *     no secret key is set
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
