package io.github.bellhop.simulator.clerk;

import io.github.bellhop.event.EventType;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** The roles of organization members. An instance starts with Clerk's default roles. */
public final class Roles extends Resource {
    /** The key of the role of an organization's creator. */
    public static final String ADMIN = "org:admin";

    /** The key of the role of all other members. */
    public static final String MEMBER = "org:member";

    private static final Set<String> OF_UPDATE = Params.names("name key description permissions");
    private static final Set<String> OF_CREATION =
            Params.names("name key description permissions include_in_initial_role_set");

    Roles(Kernel kernel) {
        super(
                kernel,
                kernel.tables.roles,
                Kind.of("role", "role")
                        .events(EventType.ROLE_CREATED, EventType.ROLE_UPDATED, EventType.ROLE_DELETED)
                        .seen(kernel.views::role));
    }

    /** Adds the default roles, without events. */
    void addSystemRoles() {
        Collection<ObjectNode> all = tables.permissions.rows().values();
        addSystemRole(ADMIN, "Admin", List.copyOf(all));
        addSystemRole(
                MEMBER,
                "Member",
                all.stream()
                        .filter(permission -> Tables.text(permission, "key").endsWith(":read"))
                        .toList());
    }

    private void addSystemRole(String key, String name, List<ObjectNode> permissions) {
        ObjectNode role = draft(Map.of())
                .put("key", key)
                .put("name", name)
                .put("description", "The default role " + name + ".")
                .put("is_creator_eligible", key.equals(ADMIN));
        ArrayNode ids = role.putArray("permissions");
        permissions.forEach(permission -> ids.add(permission.get("id")));
        table.put(role);
    }

    /** Creates a role from the parameters of {@code POST /organization_roles}. Permissions are given by id or key. */
    public ObjectNode create(ObjectNode given) {
        Params params = Params.of(given, OF_CREATION).require("name", "key");
        return kernel.locked(() -> {
            ObjectNode role = draft(Map.of());
            role.putNull("description").putArray("permissions");
            apply(role, params);
            return added(role);
        });
    }

    private void apply(ObjectNode role, Params params) {
        requireFree(tables.rolesByKey, params.text("key"), role, "key");
        params.copyGiven(role, "key", "name");
        params.copyTexts(role, "description");
        if (params.has("permissions")) {
            ArrayNode ids = role.putArray("permissions");
            params.texts("permissions").forEach(name -> ids.add(Tables.text(permission(name), "id")));
        }
    }

    private ObjectNode permission(String idOrKey) {
        ObjectNode byKey = tables.permissionsByKey.first(idOrKey);
        return byKey == null ? tables.permissions.get(idOrKey) : byKey;
    }

    /** Changes a role from the parameters of Clerk's {@code PATCH}. */
    public ObjectNode update(String id, ObjectNode given) {
        Params params = Params.of(given, OF_UPDATE);
        return kernel.locked(() -> {
            String before = Tables.text(table.get(id), "key");
            ObjectNode changed = change(id, role -> apply(role, params));
            rename(before, Tables.text(changed, "key"));
            return changed;
        });
    }

    /**
     * Gives the new key to all members with the role. It is not known whether Clerk emits events for that; this emits
     * none.
     */
    private void rename(String before, String after) {
        if (!before.equals(after)) {
            for (ObjectNode membership : tables.membershipsByRole.list(before)) {
                tables.memberships.put(membership.deepCopy().put("role", after));
            }
        }
    }

    /** Adds a permission to a role. */
    public ObjectNode assign(String id, String permissionId) {
        return kernel.locked(() -> {
            ObjectNode permission = permission(permissionId);
            return change(id, role -> removePermission(role, permission).add(permission.get("id")));
        });
    }

    /** Removes a permission from a role. */
    public ObjectNode withdraw(String id, String permissionId) {
        return kernel.locked(() -> {
            ObjectNode permission = permission(permissionId);
            return change(id, role -> removePermission(role, permission));
        });
    }

    private static ArrayNode removePermission(ObjectNode role, ObjectNode permission) {
        ArrayNode ids = (ArrayNode) role.get("permissions");
        ids.removeIf(id -> id.equals(permission.get("id")));
        return ids;
    }

    /** Removes a permission that is about to be deleted from all roles. */
    void removeFromAllRoles(ObjectNode permission) {
        for (ObjectNode role : List.copyOf(table.rows().values())) {
            if (kernel.cascadesEvents()) {
                change(role, changed -> removePermission(changed, permission));
            } else {
                ObjectNode changed = role.deepCopy();
                removePermission(changed, permission);
                table.put(changed);
            }
        }
    }

    /** Deletes a role that no member has and no invitation names, and returns its deleted form. */
    public ObjectNode delete(String id) {
        return kernel.locked(() -> {
            ObjectNode role = table.get(id);
            String key = Tables.text(role, "key");
            if (!tables.membershipsByRole.of(key).isEmpty()) {
                throw inUse("organization_role_assigned_to_members", key, "while members have it");
            }
            // Clerk documents the rule, but not its code.
            if (tables.invitations.rows().values().stream()
                    .anyMatch(invitation -> Tables.text(invitation, "role").equals(key))) {
                throw inUse("organization_role_exists_in_invitations", key, "while invitations name it");
            }
            return remove(role, true);
        });
    }

    private static ClerkRefusedException inUse(String code, String key, String reason) {
        return ClerkRefusedException.of(
                400, code, "role in use", "The role " + key + " cannot be deleted " + reason + ".");
    }
}
