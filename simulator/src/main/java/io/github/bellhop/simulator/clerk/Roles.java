package io.github.bellhop.simulator.clerk;

import io.github.bellhop.event.EventType;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** The roles of organization members. An instance starts with Clerk's default roles. */
public final class Roles extends Resource {
    /** The key of the role of an organization's creator. */
    public static final String ADMIN = "org:admin";

    /** The key of the role that other members get by default. */
    public static final String MEMBER = "org:member";

    private static final Set<String> OF_UPDATE = Params.names("name key description permissions");
    private static final Set<String> OF_CREATION =
            Params.names("name key description permissions include_in_initial_role_set");

    private static final Pattern KEY = Pattern.compile("org:[a-z0-9_]+");

    private final MinimumPermissions minimum;

    Roles(Kernel kernel) {
        super(
                kernel,
                kernel.tables.roles,
                Kind.of("role", "role")
                        .events(EventType.ROLE_CREATED, EventType.ROLE_UPDATED, EventType.ROLE_DELETED)
                        .seen(kernel.views::role));
        this.minimum = new MinimumPermissions(kernel.tables);
    }

    /** Adds the default roles, without emitting events. */
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

    /** Creates a role with the parameters of {@code POST /organization_roles}. Permissions are given by id or key. */
    public ObjectNode create(ObjectNode given) {
        Params params = Params.of(given, OF_CREATION).require("name", "key");
        params.requireAbsent("include_in_initial_role_set", "it has no role sets");
        return kernel.locked(() -> {
            ObjectNode role = draft(Map.of());
            role.putNull("description").putArray("permissions");
            apply(role, params);
            return added(role);
        });
    }

    private void apply(ObjectNode role, Params params) {
        String key = params.text("key");
        if (key != null && !KEY.matcher(key).matches()) {
            throw ClerkRefusedException.invalid(
                    "key", "key must start with 'org:' and contain only lowercase letters, digits and underscores.");
        }
        requireFree(tables.rolesByKey, params.text("key"), role, "key");
        params.copyGiven(role, "key", "name");
        params.copyTexts(role, "description");
        if (params.has("permissions")) {
            ArrayNode ids = role.putArray("permissions");
            params.texts("permissions").forEach(name -> ids.add(Tables.text(permission(name), "id")));
        }
        minimum.requireGrantedBy(role);
    }

    private ObjectNode permission(String idOrKey) {
        ObjectNode byKey = tables.permissionsByKey.first(idOrKey);
        return byKey == null ? tables.permissions.get(idOrKey) : byKey;
    }

    /** Changes a role with the parameters of Clerk's {@code PATCH}. */
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
     * Gives the new key to all members with the role. It is not known whether Clerk emits events for this; the
     * simulator emits no events.
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
            if (has(table.get(id), permission)) {
                throw ClerkError.PERMISSION_ASSIGNED.because(
                        "This organization permission is already associated to this organization role.");
            }
            return change(id, role -> ((ArrayNode) role.get("permissions")).add(permission.get("id")));
        });
    }

    /** Removes a permission from a role. */
    public ObjectNode withdraw(String id, String permissionId) {
        return kernel.locked(() -> {
            ObjectNode permission = permission(permissionId);
            if (!has(table.get(id), permission)) {
                throw ClerkRefusedException.notFound("permission of this organization role", permissionId);
            }
            return change(id, role -> {
                removePermission(role, permission);
                minimum.requireGrantedBy(role);
            });
        });
    }

    private static boolean has(ObjectNode role, ObjectNode permission) {
        return role.path("permissions").valueStream().anyMatch(permission.path("id")::equals);
    }

    private static void removePermission(ObjectNode role, ObjectNode permission) {
        ((ArrayNode) role.get("permissions")).removeIf(id -> id.equals(permission.get("id")));
    }

    /** Removes from all roles a permission that is about to be deleted. */
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

    /** Deletes a role that is not in use, and returns its deletion object. */
    public ObjectNode delete(String id) {
        return kernel.locked(() -> {
            ObjectNode role = table.get(id);
            requireUnused(Tables.text(role, "key"));
            return remove(role, true);
        });
    }

    private void requireUnused(String key) {
        if (key.equals(ADMIN)) {
            throw ClerkError.ROLE_OF_CREATORS.because(
                    "The organization role cannot be deleted as it is currently used as the creator role.");
        }
        if (key.equals(MEMBER)) {
            throw ClerkError.ROLE_OF_DOMAINS.because(
                    "The organization role cannot be deleted as it is currently used as the default domain role.");
        }
        if (!tables.membershipsByRole.of(key).isEmpty()) {
            throw ClerkError.ROLE_ASSIGNED.because(
                    "The organization role is currently assigned to one or more organization members.");
        }
        if (tables.invitations.rows().values().stream()
                .anyMatch(invitation ->
                        Tables.text(invitation, "role").equals(key) && Invitations.isPending(invitation))) {
            throw ClerkError.ROLE_INVITED.because("The organization role exists in one or more pending organization"
                    + " invitations. Please revoke these invitations to proceed.");
        }
    }
}
