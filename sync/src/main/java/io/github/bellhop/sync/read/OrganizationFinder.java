package io.github.bellhop.sync.read;

import io.github.bellhop.sync.mirror.ClerkTables;
import io.github.bellhop.sync.store.StoreException;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Finds organizations and their members in the mirror. Only {@link #findIncludingDeleted} finds deleted organizations.
 *
 * <p>Thread-safe, unless it uses a caller's connection, which it neither commits nor closes. Every method throws a
 * {@link StoreException} if the database cannot be read, and a {@link NotMirroredException} if a table that it needs is
 * not mirrored.
 */
public sealed class OrganizationFinder permits ClerkOrganizations {
    private static final String SELECT =
            "select " + ClerkOrganization.COLUMNS.of("o") + " from clerk_organizations o where ";
    private static final String MEMBERSHIPS = " from clerk_organization_memberships m";
    private static final String LIVE =
            " and m.deleted_at is null" + OpenCascades.live("m", ClerkTables.ORGANIZATION_MEMBERSHIPS);

    /**
     * A user who left and rejoined is listed once, with the newest membership, even if the event for leaving has not
     * arrived yet.
     */
    private static final String PAGE = LIVE + """
             and m.id > ?
            and not exists (
                select 1 from clerk_organization_memberships n
                where n.user_id = m.user_id and n.organization_id = m.organization_id and n.deleted_at is null
                    and (n.created_at > m.created_at
                        or (n.created_at is not null and m.created_at is null)
                        or ((n.created_at = m.created_at or (n.created_at is null and m.created_at is null))
                            and n.id > m.id)))
            order by m.id""";

    static final String BY_ID = SELECT + "o.id = ?";
    static final String BY_SLUG =
            SELECT + "o.slug = ? and o.deleted_at is null order by o.id limit " + MirrorReader.MAX_ROWS;
    static final String MEMBERS = "select " + ClerkMembership.COLUMNS.of("m") + ", " + ClerkUser.COLUMNS.of("u")
            + MEMBERSHIPS + " left join clerk_users u on u.id = m.user_id where m.organization_id = ?" + PAGE;
    static final String OF_USER = "select " + ClerkMembership.COLUMNS.of("m") + ", "
            + ClerkOrganization.COLUMNS.of("o") + MEMBERSHIPS
            + " left join clerk_organizations o on o.id = m.organization_id where m.user_id = ?" + PAGE;
    static final String MEMBERSHIP = "select " + ClerkMembership.COLUMNS.of("m") + MEMBERSHIPS
            + " where m.user_id = ? and m.organization_id = ?" + LIVE
            + " order by m.created_at is null, m.created_at desc, m.id desc limit 1";

    private final MirrorReader mirror;

    OrganizationFinder(MirrorReader mirror) {
        this.mirror = mirror;
    }

    MirrorReader mirror() {
        return mirror;
    }

    /** Returns the live organization with this id. */
    public Optional<ClerkOrganization> find(String id) {
        return findIncludingDeleted(id).filter(organization -> organization.deletedAt() == null);
    }

    /** Returns the organization with this id, deleted or not. */
    public Optional<ClerkOrganization> findIncludingDeleted(String id) {
        return organizations(BY_ID, id).stream().findFirst();
    }

    /**
     * Returns the live organizations with this slug. There can be more than one only while the event for a changed slug
     * has not arrived yet.
     */
    public List<ClerkOrganization> findBySlug(String slug) {
        return organizations(BY_SLUG, slug);
    }

    /**
     * Returns a page of the live members of an organization, ordered by membership id. Each user appears once, with the
     * newest membership.
     *
     * @param limit the maximum number, 1 to {@value MirrorReader#MAX_PAGE_ROWS}
     * @param after the id of the last membership of the previous page; null for the first page
     */
    public List<ClerkMember> members(String organizationId, int limit, @Nullable String after) {
        mirror.require(ClerkMembership.TABLE);
        return mirror.rows(
                MEMBERS + MirrorReader.limit(limit),
                row -> new ClerkMember(
                        ClerkMembership.COLUMNS.read(row, "m"),
                        ClerkUser.COLUMNS.find(row, "u").orElse(null)),
                organizationId,
                after == null ? "" : after);
    }

    /**
     * Returns a page of the organizations that a user belongs to, ordered by membership id. Each organization appears
     * once, with the newest membership.
     *
     * @param limit the maximum number, 1 to {@value MirrorReader#MAX_PAGE_ROWS}
     * @param after the id of the last membership of the previous page; null for the first page
     */
    public List<JoinedOrganization> ofUser(String userId, int limit, @Nullable String after) {
        mirror.require(ClerkMembership.TABLE);
        return mirror.rows(
                OF_USER + MirrorReader.limit(limit),
                row -> new JoinedOrganization(
                        ClerkMembership.COLUMNS.read(row, "m"),
                        ClerkOrganization.COLUMNS.find(row, "o").orElse(null)),
                userId,
                after == null ? "" : after);
    }

    /**
     * Returns a user's live membership in an organization. If there are several, because the event for the end of an
     * earlier one has not arrived yet, returns the newest.
     */
    public Optional<ClerkMembership> membership(String organizationId, String userId) {
        mirror.require(ClerkMembership.TABLE);
        return mirror.rows(MEMBERSHIP, row -> ClerkMembership.COLUMNS.read(row, "m"), userId, organizationId).stream()
                .findFirst();
    }

    private List<ClerkOrganization> organizations(String sql, String parameter) {
        mirror.require(ClerkOrganization.TABLE);
        return mirror.rows(sql, row -> ClerkOrganization.COLUMNS.read(row, "o"), parameter);
    }
}
