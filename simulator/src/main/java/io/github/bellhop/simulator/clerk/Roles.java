package io.github.bellhop.simulator.clerk;

import io.github.bellhop.event.EventType;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Predicate;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** The roles that members of organizations can have. An instance begins with those that Clerk gives to each. */
public final class Roles {
    /** The key of the role of whoever creates an organization. */
    public static final String ADMIN = "org:admin";
    /** The key of the role of everybody else. */
    public static final String MEMBER = "org:member";

    private static final Set<String> OF_CREATION =
            Set.of("name", "key", "description", "permissions", "include_in_initial_role_set");
    private static final Set<String> OF_UPDATE = Set.of("name", "key", "description", "permissions");

    private final Kernel kernel;
    private final Tables tables;
    private final Views views;
    private final Listing listing;

    Roles(Kernel kernel, Tables tables, Views views) {
        this.kernel = kernel;
        this.tables = tables;
        this.views = views;
        this.listing = new Listing(tables.roles);
    }

    /** Adds the roles that every instance has, without a word. */
    void addSystemRoles() {
        addSystemRole(ADMIN, "Admin", new ArrayList<>(tables.permissions.rows().values()), true);
        addSystemRole(
                MEMBER,
                "Member",
                tables.permissions.rows().values().stream()
                        .filter(permission -> Tables.text(permission, "key").endsWith(":read"))
                        .toList(),
                false);
    }

    private void addSystemRole(String key, String name, List<ObjectNode> permissions, boolean creates) {
        ObjectNode role = kernel.shape("role", kernel.newId("role"), Map.of())
                .put("key", key)
                .put("name", name)
                .put("description", "The role " + name + " of every instance.")
                .put("is_creator_eligible", creates);
        ArrayNode ids = role.putArray("permissions");
        permissions.forEach(permission -> ids.add(permission.get("id")));
        tables.roles.put(role);
    }

    /** Creates a role, by the parameters of {@code POST /organization_roles}; permissions are given by id or key. */
    public ObjectNode create(ObjectNode given) {
        Params params = Params.of(given, OF_CREATION);
        return kernel.locked(() -> {
            params.requiredText("name");
            params.requiredText("key");
            ObjectNode role = kernel.shape("role", kernel.newId("role"), Map.of());
            role.putNull("description").putArray("permissions");
            apply(role, params);
            tables.roles.put(role);
            kernel.emit(EventType.ROLE_CREATED, views.role(role));
            return views.role(role);
        });
    }

    private void apply(ObjectNode role, Params params) {
        String key = params.text("key");
        if (key != null) {
            ObjectNode other = tables.rolesByKey.first(key);
            if (other != null && !other.path("id").equals(role.path("id"))) {
                throw ClerkRefusedException.taken("key");
            }
            role.put("key", key);
        }
        if (params.text("name") != null) {
            role.put("name", params.text("name"));
        }
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

    /** The role of this id. */
    public ObjectNode get(String id) {
        return kernel.locked(() -> views.role(tables.roles.get(id)));
    }

    /** A part of all roles. */
    public Page list(PageRequest request, Predicate<ObjectNode> filter) {
        return kernel.locked(() -> listing.page(request, filter).map(views::role));
    }

    /** Changes a role, by the parameters of Clerk's {@code PATCH}. */
    public ObjectNode update(String id, ObjectNode given) {
        Params params = Params.of(given, OF_UPDATE);
        return kernel.locked(() -> {
            String before = Tables.text(tables.roles.get(id), "key");
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
            return change(id, role -> {
                withhold(role, permission);
                ((ArrayNode) role.get("permissions")).add(permission.get("id"));
            });
        });
    }

    /** Takes a permission away from a role. */
    public ObjectNode withdraw(String id, String permissionId) {
        return kernel.locked(() -> {
            ObjectNode permission = permission(permissionId);
            return change(id, role -> withhold(role, permission));
        });
    }

    private static void withhold(ObjectNode role, ObjectNode permission) {
        ArrayNode ids = (ArrayNode) role.get("permissions");
        for (int i = ids.size() - 1; i >= 0; i--) {
            if (ids.get(i).equals(permission.get("id"))) {
                ids.remove(i);
            }
        }
    }

    private ObjectNode change(String id, Consumer<ObjectNode> change) {
        return views.role(kernel.change(
                tables.roles,
                tables.roles.get(id),
                change,
                changed -> kernel.emit(EventType.ROLE_UPDATED, views.role(changed))));
    }

    /** Takes a permission that is about to be deleted away from all roles. */
    void withholdEverywhere(ObjectNode permission) {
        for (ObjectNode role : new ArrayList<>(tables.roles.rows().values())) {
            if (kernel.cascadesEvents()) {
                change(Tables.text(role, "id"), changed -> withhold(changed, permission));
            } else {
                ObjectNode changed = role.deepCopy();
                withhold(changed, permission);
                tables.roles.put(changed);
            }
        }
    }

    /** Deletes a role that nobody has; gives what is left. */
    public ObjectNode delete(String id) {
        return kernel.locked(() -> {
            ObjectNode role = tables.roles.get(id);
            if (!tables.membershipsByRole.of(Tables.text(role, "key")).isEmpty()) {
                throw ClerkRefusedException.of(
                        400,
                        "organization_role_assigned_to_members",
                        "role in use",
                        "The role " + Tables.text(role, "key") + " cannot be deleted while members have it.");
            }
            tables.roles.remove(id);
            kernel.emitDeleted(EventType.ROLE_DELETED, role);
            return Views.deleted(role);
        });
    }
}
