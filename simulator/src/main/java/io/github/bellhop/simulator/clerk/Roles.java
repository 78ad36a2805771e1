package io.github.bellhop.simulator.clerk;

import io.github.bellhop.event.EventType;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** The roles that members of organizations can have. An instance begins with those that Clerk gives to each. */
public final class Roles extends Resource {
    /** The key of the role of whoever creates an organization. */
    public static final String ADMIN = "org:admin";

    /** The key of the role of everybody else. */
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

    /** Adds the roles that every instance has, without a word. */
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
                .put("description", "The role " + name + " of every instance.")
                .put("is_creator_eligible", key.equals(ADMIN));
        ArrayNode ids = role.putArray("permissions");
        permissions.forEach(permission -> ids.add(permission.get("id")));
        table.put(role);
    }

    /** Creates a role, by the parameters of {@code POST /organization_roles}; permissions are given by id or key. */
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

    /** Changes a role, by the parameters of Clerk's {@code PATCH}. */
    public ObjectNode update(String id, ObjectNode given) {
        Params params = Params.of(given, OF_UPDATE);
        return kernel.locked(() -> {
            String before = Tables.text(table.get(id), "key");
            ObjectNode changed = change(id, role -> apply(role, params));
            rename(before, Tables.text(changed, "key"));
            return changed;
        });
    }

    /** Whoever has the role has it by its new key; whether Clerk tells of that is not known, and this does not. */
    private void rename(String before, String after) {
        if (!before.equals(after)) {
            for (ObjectNode membership : tables.membershipsByRole.list(before)) {
                tables.memberships.put(membership.deepCopy().put("role", after));
            }
        }
    }

    /** Lets a role do something more. */
    public ObjectNode assign(String id, String permissionId) {
        return kernel.locked(() -> {
            ObjectNode permission = permission(permissionId);
            return change(id, role -> withhold(role, permission).add(permission.get("id")));
        });
    }

    /** Takes a permission away from a role. */
    public ObjectNode withdraw(String id, String permissionId) {
        return kernel.locked(() -> {
            ObjectNode permission = permission(permissionId);
            return change(id, role -> withhold(role, permission));
        });
    }

    private static ArrayNode withhold(ObjectNode role, ObjectNode permission) {
        ArrayNode ids = (ArrayNode) role.get("permissions");
        ids.removeIf(id -> id.equals(permission.get("id")));
        return ids;
    }

    /** Takes a permission that is about to be deleted away from all roles. */
    void withholdEverywhere(ObjectNode permission) {
        for (ObjectNode role : List.copyOf(table.rows().values())) {
            if (kernel.cascadesEvents()) {
                change(role, changed -> withhold(changed, permission));
            } else {
                ObjectNode changed = role.deepCopy();
                withhold(changed, permission);
                table.put(changed);
            }
        }
    }

    /** Deletes a role that nobody has; gives what is left. */
    public ObjectNode delete(String id) {
        return kernel.locked(() -> {
            ObjectNode role = table.get(id);
            if (!tables.membershipsByRole.of(Tables.text(role, "key")).isEmpty()) {
                throw ClerkRefusedException.of(
                        400,
                        "organization_role_assigned_to_members",
                        "role in use",
                        "The role " + Tables.text(role, "key") + " cannot be deleted while members have it.");
            }
            return remove(role, true);
        });
    }
}
