package io.github.bellhop.simulator.clerk;

import io.github.bellhop.event.EventType;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import tools.jackson.databind.node.ObjectNode;

/** What roles can allow. An instance begins with the permissions of Clerk's own, which cannot be changed. */
public final class Permissions {
    private static final List<String> KNOWN = List.of("name", "key", "description");
    private static final Map<String, String> SYSTEM = Map.of(
            "org:sys_billing:manage", "Manage billing",
            "org:sys_billing:read", "Read billing",
            "org:sys_domains:manage", "Manage domains",
            "org:sys_domains:read", "Read domains",
            "org:sys_memberships:manage", "Manage members",
            "org:sys_memberships:read", "Read members",
            "org:sys_profile:delete", "Delete organization",
            "org:sys_profile:manage", "Manage organization");

    private final Kernel kernel;
    private final Tables tables;
    private final Roles roles;
    private final Listing listing;

    Permissions(Kernel kernel, Tables tables, Roles roles) {
        this.kernel = kernel;
        this.tables = tables;
        this.roles = roles;
        this.listing = new Listing(tables.permissions);
    }

    /** Adds the permissions that every instance has, without a word. */
    void addSystemPermissions() {
        SYSTEM.keySet().stream()
                .sorted()
                .forEach(key -> tables.permissions.put(kernel.shape("permission", kernel.newId("perm"), Map.of())
                        .put("key", key)
                        .put("name", SYSTEM.get(key))
                        .put("description", "A permission of every instance.")
                        .put("type", "system")));
    }

    /** Creates a permission, by the parameters of {@code POST /organization_permissions}. */
    public ObjectNode create(ObjectNode given) {
        Params params = Params.of(given, KNOWN);
        return kernel.locked(() -> {
            params.requiredText("name");
            params.requiredText("key");
            ObjectNode permission =
                    kernel.shape("permission", kernel.newId("perm"), Map.of()).put("description", "");
            apply(permission, params);
            tables.permissions.put(permission);
            kernel.emit(EventType.PERMISSION_CREATED, permission);
            return permission.deepCopy();
        });
    }

    private void apply(ObjectNode permission, Params params) {
        String key = params.text("key");
        if (key != null) {
            ObjectNode other = tables.permissionsByKey.first(key);
            if (other != null && !other.path("id").equals(permission.path("id"))) {
                throw ClerkRefusedException.taken("key");
            }
        }
        for (String name : KNOWN) {
            if (params.text(name) != null) {
                permission.put(name, params.text(name));
            }
        }
    }

    /** The permission of this id. */
    public ObjectNode get(String id) {
        return kernel.locked(() -> tables.permissions.get(id).deepCopy());
    }

    /** A part of all permissions. */
    public Page list(PageRequest request, Predicate<ObjectNode> filter) {
        return kernel.locked(() -> listing.page(request, filter).map(ObjectNode::deepCopy));
    }

    /** Changes a permission, by the parameters of Clerk's {@code PATCH}. */
    public ObjectNode update(String id, ObjectNode given) {
        Params params = Params.of(given, KNOWN);
        return kernel.locked(() -> {
            ObjectNode permission = requireCustom(id);
            return kernel.change(
                            tables.permissions,
                            permission,
                            copy -> apply(copy, params),
                            changed -> kernel.emit(EventType.PERMISSION_UPDATED, changed))
                    .deepCopy();
        });
    }

    /** Deletes a permission, which no role then has; gives what is left. */
    public ObjectNode delete(String id) {
        return kernel.locked(() -> {
            ObjectNode permission = requireCustom(id);
            roles.withholdEverywhere(permission);
            tables.permissions.remove(id);
            kernel.emitDeleted(EventType.PERMISSION_DELETED, permission);
            return Views.deleted(permission);
        });
    }

    private ObjectNode requireCustom(String id) {
        ObjectNode permission = tables.permissions.get(id);
        if (Tables.text(permission, "type").equals("system")) {
            throw ClerkRefusedException.of(
                    403,
                    "organization_permission_is_system",
                    "system permission",
                    "The permission " + Tables.text(permission, "key") + " is one of every instance.");
        }
        return permission;
    }
}
