package io.github.bellhop.simulator.clerk;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** All families of events, and how the data of their events is stored in the instance. */
final class EventFamilies {
    private final Map<String, EventFamily> all = new HashMap<>();
    private final Tables tables;

    EventFamilies(Kernel kernel, ClerkInstance instance) {
        this.tables = kernel.tables;
        Users users = instance.users();
        Organizations organizations = instance.organizations();
        Domains domains = instance.domains();
        Permissions permissions = instance.permissions();
        all.put("user", StoredFamily.of(users, user -> users.delete(id(user))));
        all.put(
                "session",
                StoredFamily.of(instance.sessions(), session -> {}, "/user_id=user")
                        .storedAs(data -> data.without("user")));
        all.put(
                "organization",
                StoredFamily.of(
                        organizations, organization -> organizations.delete(id(organization)), "/created_by=user"));
        all.put("organizationMembership", memberships(instance.memberships()));
        all.put("organizationInvitation", invitations(instance.invitations()));
        all.put(
                "organizationDomain",
                StoredFamily.of(domains, domain -> domains.remove(domain, false), "/organization_id=organization"));
        all.put("role", roles(instance.roles()));
        all.put(
                "permission",
                StoredFamily.of(permissions, permission -> permissions.delete(id(permission)))
                        .inventedAs((data, owner) -> withFreeKey(data, tables.permissionsByKey)));
        all.put(
                "waitlistEntry",
                StoredFamily.of(instance.waitlist(), entry -> {}).storedAs(this::withInvitation));
        all.put("email", new SentMessages(kernel, Identification.EMAIL_ADDRESS));
        all.put("sms", new SentMessages(kernel, Identification.PHONE_NUMBER));
        all.putAll(instance.billing().families());
    }

    /** The family with the name that {@code EventType.family()} returns. */
    EventFamily of(String name) {
        return Objects.requireNonNull(all.get(name), name);
    }

    private static String id(ObjectNode entity) {
        return Tables.text(entity, "id");
    }

    /** The family of memberships. A membership can also be found by its organization and its user. */
    private StoredFamily memberships(Memberships memberships) {
        return StoredFamily.of(
                        memberships,
                        membership -> memberships.removeAll(List.of(membership)),
                        "/public_user_data/user_id=user",
                        "/organization/id=organization")
                .foundBy((data, owner) -> {
                    ObjectNode byId = tables.memberships.find(id(data));
                    return byId != null
                            ? byId
                            : memberships.find(
                                    data.at("/organization/id").asString(""),
                                    data.at("/public_user_data/user_id").asString(""));
                })
                .storedAs(data -> {
                    String organization = data.at("/organization/id").asString("");
                    if (!data.has("private_metadata")) {
                        ObjectNode known = tables.memberships.find(id(data));
                        data.set("private_metadata", known == null ? data.objectNode() : known.get("private_metadata"));
                    }
                    data.putObject("organization").put("id", organization);
                    return data;
                });
    }

    /**
     * The family of organization invitations. The URL and the user who accepts the invitation each appear in only one
     * event, so they are not stored.
     */
    private static StoredFamily invitations(Invitations invitations) {
        return StoredFamily.of(
                        invitations,
                        invitation -> {},
                        "/organization_id=organization",
                        "/inviter_id=user",
                        "/user_id=user")
                .storedAs(data -> data.putNull("url").without("user_id"));
    }

    /**
     * The family of roles. Adds the permissions that a role refers to, unless the instance has one with the same id or
     * key.
     */
    private StoredFamily roles(Roles roles) {
        return StoredFamily.of(roles, role -> roles.delete(id(role)))
                .inventedAs((data, owner) -> withFreeKey(data, tables.rolesByKey))
                .storedAs(data -> {
                    ArrayNode permissions = (ArrayNode) data.get("permissions");
                    ArrayNode ids = data.putArray("permissions");
                    for (JsonNode permission : permissions) {
                        ids.add(permission(permission));
                    }
                    return data;
                });
    }

    private String permission(JsonNode wanted) {
        ObjectNode known = tables.permissions.find(Tables.text(wanted, "id"));
        if (known == null) {
            known = tables.permissionsByKey.first(Tables.text(wanted, "key"));
        }
        if (known == null) {
            known = (ObjectNode) wanted.deepCopy();
            tables.permissions.put(known);
        }
        return id(known);
    }

    /**
     * Replaces a key that is taken. The keys of roles and permissions must be unique, and only a few can be invented.
     */
    private static ObjectNode withFreeKey(ObjectNode data, Table.Index byKey) {
        String key = Tables.text(data, "key");
        String free = key;
        for (int i = 2; byKey.first(free) != null; i++) {
            free = key + "_" + i;
        }
        return data.put("key", free);
    }

    private ObjectNode withInvitation(ObjectNode entry) {
        if (entry.get("invitation") instanceof ObjectNode invitation
                && tables.applicationInvitations.find(id(invitation)) == null) {
            tables.applicationInvitations.put(invitation.deepCopy());
        }
        return entry;
    }
}
