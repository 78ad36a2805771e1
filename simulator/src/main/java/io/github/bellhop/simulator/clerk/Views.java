package io.github.bellhop.simulator.clerk;

import io.github.bellhop.simulator.http.ApiJson;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Converts stored entities to the copies that clients see, which contain the nested entities. Where the Backend API and
 * events differ, there is a view for each. Callers must hold the lock.
 */
final class Views {
    /** Fields that a webhook omits from an organization nested in a membership. */
    private static final Set<String> NOT_IN_NESTED_COPIES = Set.of("private_metadata", "created_by", "last_active_at");

    /** Fields of a Google account that only webhooks contain. */
    private static final Set<String> GOOGLE_ONLY =
            Set.of("google_id", "given_name", "family_name", "picture", "external_account_id");

    private final Tables tables;

    Views(Tables tables) {
        this.tables = tables;
    }

    /**
     * A user in the shape of the Backend API, in which the accounts at all services have the same keys. Events contain
     * the user as stored.
     */
    ObjectNode user(ObjectNode user) {
        ObjectNode view = user.deepCopy();
        for (JsonNode account : view.path("external_accounts")) {
            if (Tables.text(account, "object").equals("google_account") && account instanceof ObjectNode google) {
                commonAccount(google);
            }
        }
        return view;
    }

    private static void commonAccount(ObjectNode google) {
        google.put("object", "external_account");
        google.put("id", Tables.text(google, "external_account_id"));
        google.remove(GOOGLE_ONLY);
    }

    /** An organization with the numbers of its members and pending invitations. */
    ObjectNode countedOrganization(ObjectNode organization) {
        String id = Tables.text(organization, "id");
        return organization
                .deepCopy()
                .put("members_count", tables.membershipsByOrganization.of(id).size())
                .put(
                        "pending_invitations_count",
                        tables.invitationsByOrganization.of(id).values().stream()
                                .filter(invitation ->
                                        Tables.text(invitation, "status").equals("pending"))
                                .count());
    }

    ObjectNode membership(ObjectNode membership) {
        ObjectNode view = membership.deepCopy();
        view.set(
                "organization",
                countedOrganization(tables.organizations.get(
                        membership.at("/organization/id").stringValue())));
        fillPublicUser((ObjectNode) view.get("public_user_data"));
        ObjectNode role = tables.rolesByKey.first(Tables.text(view, "role"));
        view.put("role_name", role == null ? "" : Tables.text(role, "name"));
        ArrayNode keys = view.putArray("permissions");
        permissionsOf(role).forEach(permission -> keys.add(Tables.text(permission, "key")));
        return view;
    }

    /** A membership in an event: the organization is a reduced copy, and the private metadata is missing. */
    ObjectNode membershipEvent(ObjectNode membership) {
        ObjectNode view = membership(membership);
        view.remove("private_metadata");
        ((ObjectNode) view.get("organization")).remove(NOT_IN_NESTED_COPIES);
        return view;
    }

    /** Fills in the public data of the user in a membership or an invitation. */
    private void fillPublicUser(ObjectNode data) {
        ObjectNode user = tables.users.find(Tables.text(data, "user_id"));
        if (user == null) {
            return;
        }
        for (String key : List.copyOf(data.propertyNames())) {
            if (user.has(key)) {
                data.set(key, user.get(key));
            }
        }
        data.put("identifier", identifier(user));
    }

    /** The user's main identifier: the primary e-mail address, phone number, username or wallet. */
    @Nullable
    String identifier(ObjectNode user) {
        for (Identification kind : Identification.values()) {
            JsonNode primary = kind.primaryOf(user).path(kind.key);
            if (primary.isString()) {
                return primary.stringValue();
            }
        }
        return user.path("username").isString() ? Tables.text(user, "username") : null;
    }

    /** An invitation with its organization's public data. Only the creation event includes the URL for accepting the invitation. */
    ObjectNode invitation(ObjectNode invitation) {
        ObjectNode view = withPublicOrganization(invitation);
        if (view.get("public_inviter_data") instanceof ObjectNode inviter) {
            fillPublicUser(inviter);
        }
        return view;
    }

    ObjectNode withPublicOrganization(ObjectNode child) {
        ObjectNode view = child.deepCopy();
        ObjectNode organization = tables.organizations.get(Tables.text(child, "organization_id"));
        ObjectNode shown = view.putObject("public_organization_data");
        for (String key : List.of("id", "name", "slug", "image_url", "has_image")) {
            shown.set(key, organization.get(key));
        }
        return view;
    }

    ObjectNode role(ObjectNode role) {
        ObjectNode view = role.deepCopy();
        ArrayNode permissions = view.putArray("permissions");
        permissionsOf(role).forEach(permission -> permissions.add(permission.deepCopy()));
        return view;
    }

    private List<ObjectNode> permissionsOf(@Nullable ObjectNode role) {
        return role == null
                ? List.of()
                : role.path("permissions")
                        .valueStream()
                        .map(id -> tables.permissions.get(id.stringValue()))
                        .toList();
    }

    /** A session in an event, including the complete user. */
    ObjectNode sessionEvent(ObjectNode session) {
        ObjectNode user = tables.users.find(Tables.text(session, "user_id"));
        ObjectNode view = session.deepCopy();
        view.set("user", user == null ? null : user.deepCopy());
        return view;
    }

    /** The deletion object of an entity, which the Backend API returns for a deletion. */
    static ObjectNode deleted(ObjectNode entity) {
        return ApiJson.object()
                .put("object", Tables.text(entity, "object"))
                .put("id", Tables.text(entity, "id"))
                .put("deleted", true);
    }
}
