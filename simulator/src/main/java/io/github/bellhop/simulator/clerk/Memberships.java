package io.github.bellhop.simulator.clerk;

import io.github.bellhop.event.EventType;
import io.github.bellhop.simulator.http.ApiJson;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Who belongs to which organization, in which role. A membership is named by its organization and its user. */
public final class Memberships {
    private static final Set<String> OF_CREATION = Set.of("user_id", "role", "public_metadata", "private_metadata");

    private final Kernel kernel;
    private final Tables tables;
    private final Views views;
    private final Listing listing;

    Memberships(Kernel kernel, Tables tables, Views views) {
        this.kernel = kernel;
        this.tables = tables;
        this.views = views;
        this.listing = new Listing(tables.memberships, this::orderKey);
    }

    private JsonNode orderKey(ObjectNode membership, String order) {
        if (membership.has(order)) {
            return membership.path(order);
        }
        return Users.orderKey(tables.users.get(userId(membership)), order);
    }

    /** Adds a member by the parameters of {@code POST /organizations/{id}/memberships}. */
    public ObjectNode create(String organizationId, ObjectNode given) {
        Params params = Params.of(given, OF_CREATION);
        return kernel.locked(() -> {
            ObjectNode membership = draft(organizationId, params.requiredText("user_id"), params.requiredText("role"));
            Metadata.replace(membership, params, Metadata.OF_OTHERS);
            return added(membership);
        });
    }

    /** Adds a member in a role, such as {@code org:member}. */
    public ObjectNode create(String organizationId, String userId, String role) {
        return create(organizationId, ApiJson.object().put("user_id", userId).put("role", role));
    }

    private ObjectNode draft(String organizationId, String userId, String role) {
        requireAdmissible(organizationId, userId, role);
        ObjectNode membership = kernel.shape("organization-membership", kernel.newId("orgmem"), Map.of("user", userId));
        membership.putObject("organization").put("id", organizationId);
        membership.put("role", role).putObject("private_metadata");
        return membership;
    }

    /** Refuses whoever cannot become a member. */
    void requireAdmissible(String organizationId, String userId, String role) {
        ObjectNode organization = tables.organizations.get(organizationId);
        tables.users.get(userId);
        requireRole(role);
        if (find(organizationId, userId) != null) {
            throw ClerkRefusedException.of(
                    400,
                    "already_a_member_in_organization",
                    "already a member",
                    "User " + userId + " is already a member of the organization.");
        }
        long most = organization.path("max_allowed_memberships").asLong(0);
        if (most > 0 && tables.membershipsByOrganization.of(organizationId).size() >= most) {
            throw ClerkRefusedException.of(
                    403,
                    "organization_membership_quota_exceeded",
                    "quota exceeded",
                    "The organization has its " + most + " members already.");
        }
    }

    private ObjectNode added(ObjectNode membership) {
        tables.memberships.put(membership);
        kernel.emit(EventType.ORGANIZATION_MEMBERSHIP_CREATED, views.membershipEvent(membership));
        return views.membership(membership);
    }

    /** The role of a key; refuses one that there is not. */
    ObjectNode requireRole(String key) {
        ObjectNode role = tables.rolesByKey.first(key);
        if (role == null) {
            throw ClerkRefusedException.notFound("organization role", key);
        }
        return role;
    }

    /** Gives a member another role. */
    public ObjectNode changeRole(String organizationId, String userId, String role) {
        return kernel.locked(() -> {
            requireRole(role);
            return change(organizationId, userId, membership -> membership.put("role", role));
        });
    }

    /** Gives a member another role, by the parameters of Clerk's {@code PATCH}. */
    public ObjectNode update(String organizationId, String userId, ObjectNode given) {
        return changeRole(
                organizationId, userId, Params.of(given, Set.of("role")).requiredText("role"));
    }

    /** Merges a membership's metadata. */
    public ObjectNode mergeMetadata(String organizationId, String userId, ObjectNode given) {
        Params params = Params.of(given, Metadata.OF_OTHERS);
        return kernel.locked(() ->
                change(organizationId, userId, membership -> Metadata.merge(membership, params, Metadata.OF_OTHERS)));
    }

    private ObjectNode change(String organizationId, String userId, Consumer<ObjectNode> change) {
        return views.membership(kernel.change(
                tables.memberships,
                require(organizationId, userId),
                change,
                changed -> kernel.emit(EventType.ORGANIZATION_MEMBERSHIP_UPDATED, views.membershipEvent(changed))));
    }

    /** Removes a member; gives the membership as it was. */
    public ObjectNode delete(String organizationId, String userId) {
        return kernel.locked(() -> {
            ObjectNode membership = require(organizationId, userId);
            return remove(membership, true);
        });
    }

    /** The event is the whole object, dated as it was last changed: only the envelope tells when it ended. */
    private ObjectNode remove(ObjectNode membership, boolean tell) {
        tables.memberships.remove(Tables.text(membership, "id"));
        if (tell) {
            kernel.emit(
                    EventType.ORGANIZATION_MEMBERSHIP_DELETED,
                    views.membershipEvent(membership),
                    membership.path("updated_at").asLong(0) + 1);
        }
        return views.membership(membership);
    }

    /** Removes memberships whose organization or user is about to be deleted. */
    void removeAll(List<ObjectNode> memberships) {
        memberships.forEach(membership -> remove(membership, kernel.cascadesEvents()));
    }

    /** The membership of a user in an organization. */
    public ObjectNode get(String organizationId, String userId) {
        return kernel.locked(() -> views.membership(require(organizationId, userId)));
    }

    private ObjectNode require(String organizationId, String userId) {
        tables.organizations.get(organizationId);
        ObjectNode found = find(organizationId, userId);
        if (found == null) {
            throw ClerkRefusedException.notFound("organization membership", userId);
        }
        return found;
    }

    private @Nullable ObjectNode find(String organizationId, String userId) {
        for (ObjectNode membership : tables.membershipsByUser.of(userId).values()) {
            if (organizationId(membership).equals(organizationId)) {
                return membership;
            }
        }
        return null;
    }

    /** Whether a user belongs to an organization. */
    public boolean exists(String organizationId, String userId) {
        return kernel.locked(() -> find(organizationId, userId) != null);
    }

    /** A part of the memberships of an organization; the filter sees their users by their id only. */
    public Page listOfOrganization(String organizationId, PageRequest request, Predicate<ObjectNode> filter) {
        return kernel.locked(() -> {
            tables.organizations.get(organizationId);
            return list(tables.membershipsByOrganization.of(organizationId), request, filter);
        });
    }

    /** A part of the memberships of a user. */
    public Page listOfUser(String userId, PageRequest request) {
        return kernel.locked(() -> {
            tables.users.get(userId);
            return list(tables.membershipsByUser.of(userId), request, membership -> true);
        });
    }

    /** A part of all memberships. */
    public Page list(PageRequest request) {
        return kernel.locked(() -> list(tables.memberships.rows(), request, membership -> true));
    }

    private Page list(NavigableMap<Table.Place, ObjectNode> rows, PageRequest request, Predicate<ObjectNode> filter) {
        return listing.page(rows, request, filter).map(views::membership);
    }

    private static String userId(JsonNode membership) {
        return membership.at("/public_user_data/user_id").stringValue();
    }

    private static String organizationId(JsonNode membership) {
        return membership.at("/organization/id").stringValue();
    }
}
