package io.github.bellhop.simulator.clerk;

import io.github.bellhop.event.EventType;
import io.github.bellhop.simulator.http.ApiJson;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * The memberships of users in organizations, with their roles. A membership is identified by its organization and its
 * user.
 */
public final class Memberships extends Resource {
    private static final Set<String> OF_CREATION = Set.of("user_id", "role", "public_metadata", "private_metadata");

    private final MinimumPermissions minimum;

    Memberships(Kernel kernel) {
        super(
                kernel,
                kernel.tables.memberships,
                Kind.of("organization-membership", "orgmem")
                        .events(
                                EventType.ORGANIZATION_MEMBERSHIP_CREATED,
                                EventType.ORGANIZATION_MEMBERSHIP_UPDATED,
                                null)
                        .seen(kernel.views::membership, kernel.views::membershipEvent)
                        .orderedBy((membership, order) -> membership.has(order)
                                ? membership.path(order)
                                : Users.orderKey(
                                        kernel.tables.users.get(Tables.place(membership, "/public_user_data/user_id")),
                                        order)));
        this.minimum = new MinimumPermissions(kernel.tables);
    }

    /** Adds a member with the parameters of {@code POST /organizations/{id}/memberships}. */
    public ObjectNode create(String organizationId, ObjectNode given) {
        Params params = Params.of(given, OF_CREATION);
        return kernel.locked(() -> {
            String user = params.requiredText("user_id");
            String role = params.requiredText("role");
            requireAdmissible(organizationId, user, role, 0);
            ObjectNode membership = draft(Map.of("user", user));
            membership.putObject("organization").put("id", organizationId);
            membership.put("role", role).putObject("private_metadata");
            params.replaceMetadata(membership, Params.METADATA);
            return added(membership);
        });
    }

    /** Adds a member with a role, such as {@code org:member}. */
    public ObjectNode create(String organizationId, String userId, String role) {
        return create(organizationId, ApiJson.object().put("user_id", userId).put("role", role));
    }

    /**
     * Throws if the user cannot become a member.
     *
     * @param reserved the number of seats that an invitation reserves for the user
     */
    void requireAdmissible(String organizationId, String userId, String role, int reserved) {
        tables.organizations.get(organizationId);
        tables.users.get(userId);
        requireRole(role);
        if (find(organizationId, userId) != null) {
            throw alreadyMember(userId);
        }
        requireSeats(organizationId, 1 - reserved);
    }

    static ClerkRefusedException alreadyMember(String who) {
        return ClerkError.ALREADY_MEMBER.because(who + " is already a member of the organization.");
    }

    /**
     * Throws if the organization has fewer than this number of seats left. Pending invitations take up seats as well.
     */
    void requireSeats(String organizationId, int seats) {
        long most = tables.organizations
                .get(organizationId)
                .path("max_allowed_memberships")
                .asLong(0);
        if (most == 0) {
            return;
        }
        long taken = tables.membershipsByOrganization.of(organizationId).size()
                + tables.invitationsByOrganization.of(organizationId).values().stream()
                        .filter(Invitations::isPending)
                        .count();
        if (taken + seats > most) {
            throw ClerkError.MEMBERSHIP_QUOTA.because("You have reached your limit of " + most
                    + " organization memberships, including outstanding invitations.");
        }
    }

    /** Returns the role with this key; throws if there is no such role. */
    ObjectNode requireRole(String key) {
        ObjectNode role = tables.rolesByKey.first(key);
        if (role == null) {
            throw ClerkError.NOT_FOUND.of("role", "No organization role was found with key " + key + ".");
        }
        return role;
    }

    /** Throws unless this user is a member who can administer the organization. */
    void requireAdministrator(String organizationId, String userId) {
        minimum.requireAdministrator(organizationId, userId);
    }

    /** Changes a member's role. */
    public ObjectNode changeRole(String organizationId, String userId, String role) {
        return kernel.locked(() -> {
            requireRole(role);
            if (!minimum.isGrantedBy(role)) {
                minimum.requireWithout(member(organizationId, userId));
            }
            return change(organizationId, userId, membership -> membership.put("role", role));
        });
    }

    /** Changes a member's role with the parameters of Clerk's {@code PATCH}. */
    public ObjectNode update(String organizationId, String userId, ObjectNode given) {
        return changeRole(
                organizationId, userId, Params.of(given, Set.of("role")).requiredText("role"));
    }

    /** Merges a membership's metadata. */
    public ObjectNode mergeMetadata(String organizationId, String userId, ObjectNode given) {
        Params params = Params.of(given, Params.METADATA);
        return kernel.locked(
                () -> change(organizationId, userId, membership -> params.mergeMetadata(membership, Params.METADATA)));
    }

    private ObjectNode change(String organizationId, String userId, Consumer<ObjectNode> change) {
        return change(member(organizationId, userId), change);
    }

    /** Removes a member and returns the former membership. */
    public ObjectNode delete(String organizationId, String userId) {
        return kernel.locked(() -> {
            ObjectNode member = member(organizationId, userId);
            minimum.requireWithout(member);
            return end(member, true);
        });
    }

    /**
     * Ends a membership. The event contains the whole object with the time of its last update. Only the envelope says
     * when the membership ended.
     */
    private ObjectNode end(ObjectNode membership, boolean emit) {
        remove(membership, false);
        if (emit) {
            kernel.emit(
                    EventType.ORGANIZATION_MEMBERSHIP_DELETED,
                    eventView(membership),
                    membership.path("updated_at").asLong(0) + 1);
        }
        return view(membership);
    }

    /** Removes memberships whose organization or user is about to be deleted. */
    void removeAll(List<ObjectNode> memberships) {
        memberships.forEach(membership -> end(membership, kernel.cascadesEvents()));
    }

    /** The membership of a user in an organization. */
    public ObjectNode get(String organizationId, String userId) {
        return kernel.locked(() -> view(member(organizationId, userId)));
    }

    private ObjectNode member(String organizationId, String userId) {
        tables.organizations.get(organizationId);
        ObjectNode found = find(organizationId, userId);
        if (found == null) {
            throw ClerkRefusedException.notFound(table.kind(), userId);
        }
        return found;
    }

    /** The stored membership; null if the user is not a member. */
    @Nullable
    ObjectNode find(String organizationId, String userId) {
        return tables.membershipsByUser.of(userId).values().stream()
                .filter(membership ->
                        Tables.place(membership, "/organization/id").equals(organizationId))
                .findFirst()
                .orElse(null);
    }

    /** Whether the user is a member of the organization. */
    public boolean exists(String organizationId, String userId) {
        return kernel.locked(() -> find(organizationId, userId) != null);
    }

    /**
     * A page of the memberships of an organization. The filter is called with stored memberships, which contain only
     * the ids of their users.
     */
    public Page listOfOrganization(String organizationId, PageRequest request, Predicate<ObjectNode> filter) {
        return listOf(organizationId, tables.membershipsByOrganization, request, filter);
    }

    /** A page of the memberships of a user. */
    public Page listOfUser(String userId, PageRequest request) {
        return kernel.locked(() -> {
            tables.users.get(userId);
            return page(tables.membershipsByUser.of(userId), request, membership -> true);
        });
    }

    /** A page of all memberships. */
    public Page list(PageRequest request) {
        return list(request, membership -> true);
    }
}
