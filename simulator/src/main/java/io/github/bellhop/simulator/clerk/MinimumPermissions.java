package io.github.bellhop.simulator.clerk;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import tools.jackson.databind.node.ObjectNode;

/**
 * The rule that an organization always has a member who can administer it. Clerk documents three system permissions
 * that the role for creators needs, but not the permissions that the last administrator needs; the simulator requires
 * the same three for both. Callers must hold the lock.
 *
 * @see <a href="https://clerk.com/docs/guides/organizations/control-access/roles-and-permissions">Clerk's page on
 *     roles</a>
 */
final class MinimumPermissions {
    private static final Set<String> KEYS =
            Set.of("org:sys_memberships:manage", "org:sys_memberships:read", "org:sys_profile:delete");

    private final Tables tables;

    MinimumPermissions(Tables tables) {
        this.tables = tables;
    }

    /** Whether no member of the organization has the permissions. */
    boolean isMissing(String organizationId) {
        return members(organizationId).isEmpty();
    }

    /** Throws if the member is the organization's last administrator. */
    void requireWithout(ObjectNode member) {
        List<ObjectNode> all = members(Tables.place(member, "/organization/id"));
        if (all.size() == 1 && all.get(0).path("id").equals(member.path("id"))) {
            throw ClerkError.MINIMUM_PERMISSIONS.because(
                    "There has to be at least one organization member with the minimum required permissions");
        }
    }

    /** Throws unless this user is a member who can administer the organization. */
    void requireAdministrator(String organizationId, String userId) {
        tables.users.get(userId);
        List<ObjectNode> own = tables.membershipsByUser.of(userId).values().stream()
                .filter(member -> Tables.place(member, "/organization/id").equals(organizationId))
                .toList();
        if (own.isEmpty()) {
            throw ClerkError.NOT_A_MEMBER.because(
                    "User " + userId + " is not a member of the organization. Only members can perform this action.");
        }
        if (!isGrantedBy(Tables.text(own.get(0), "role"))) {
            throw ClerkError.PERMISSION_MISSING.because("User " + userId + " is missing an organization permission.");
        }
    }

    boolean isGrantedBy(String roleKey) {
        ObjectNode role = tables.rolesByKey.first(roleKey);
        return role != null && isGrantedBy(role);
    }

    /** Whether the role grants all the permissions. */
    boolean isGrantedBy(ObjectNode role) {
        return role.path("permissions")
                .valueStream()
                .map(id -> Tables.text(tables.permissions.get(id.stringValue()), "key"))
                .collect(Collectors.toSet())
                .containsAll(KEYS);
    }

    /** Throws if the role is the one for creators and lacks one of the permissions. */
    void requireGrantedBy(ObjectNode role) {
        if (Tables.text(role, "key").equals(Roles.ADMIN) && !isGrantedBy(role)) {
            throw ClerkError.CREATOR_PERMISSIONS.because("The creator role must contain the following permissions: "
                    + String.join(", ", KEYS.stream().sorted().toList()));
        }
    }

    /** Returns the members with the permissions, at most two. */
    private List<ObjectNode> members(String organizationId) {
        Set<String> roles = tables.roles.rows().values().stream()
                .filter(this::isGrantedBy)
                .map(role -> Tables.text(role, "key"))
                .collect(Collectors.toSet());
        return tables.membershipsByOrganization.of(organizationId).values().stream()
                .filter(member -> roles.contains(Tables.text(member, "role")))
                .limit(2)
                .toList();
    }
}
