package io.github.bellhop.simulator.clerk;

import io.github.bellhop.simulator.http.ApiJson;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Entities as they leave the instance: copies, with the other entities put in that Clerk nests in them. What the Backend
 * API answers and what an event carries differ in places; of those there are two views. Called under the lock.
 */
final class Views {
    /** What a webhook's copy of an organization inside a membership lacks. */
    private static final Set<String> NOT_IN_NESTED_COPIES = Set.of("private_metadata", "created_by", "last_active_at");

    /** What only a webhook's Google account has. */
    private static final Set<String> GOOGLES_OWN =
            Set.of("google_id", "given_name", "family_name", "picture", "external_account_id");

    private final Tables tables;

    Views(Tables tables) {
        this.tables = tables;
    }

    /** As the Backend API has it: accounts of all services alike. Events carry the entity as it is kept. */
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
        google.remove(GOOGLES_OWN);
    }

    /** With the counts of its members and pending invitations. */
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

    /** An event's membership: its organization is a reduced copy, and its own private metadata stays at home. */
    ObjectNode membershipEvent(ObjectNode membership) {
        ObjectNode view = membership(membership);
        view.remove("private_metadata");
        ((ObjectNode) view.get("organization")).remove(NOT_IN_NESTED_COPIES);
        return view;
    }

    /** Fills what a membership or invitation shows of a user, whose id is in it, key by key. */
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

    /** What a user is called by: the primary e-mail address, phone number, user name or wallet. */
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

    /** With the organization's public face. The address to accept it leaves with its creation only. */
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

    /** An event's session, with the whole user in it. */
    ObjectNode sessionEvent(ObjectNode session) {
        ObjectNode user = tables.users.find(Tables.text(session, "user_id"));
        ObjectNode view = session.deepCopy();
        view.set("user", user == null ? null : user.deepCopy());
        return view;
    }

    /** An answer to a deletion. */
    static ObjectNode deleted(ObjectNode entity) {
        return ApiJson.object()
                .put("object", Tables.text(entity, "object"))
                .put("id", Tables.text(entity, "id"))
                .put("deleted", true);
    }
}
