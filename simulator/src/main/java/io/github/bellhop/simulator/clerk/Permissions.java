package io.github.bellhop.simulator.clerk;

import io.github.bellhop.event.EventType;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import tools.jackson.databind.node.ObjectNode;

/**
 * The permissions that roles can grant. An instance starts with Clerk's system permissions, which cannot be changed.
 */
public final class Permissions extends Resource {
    private static final Set<String> PARAMETERS = Params.names("name key description");
    private static final Map<String, String> SYSTEM = Map.of(
            "org:sys_billing:manage", "Manage billing",
            "org:sys_billing:read", "Read billing",
            "org:sys_domains:manage", "Manage domains",
            "org:sys_domains:read", "Read domains",
            "org:sys_memberships:manage", "Manage members",
            "org:sys_memberships:read", "Read members",
            "org:sys_profile:delete", "Delete organization",
            "org:sys_profile:manage", "Manage organization");

    private static final Pattern KEY = Pattern.compile("org:(?!sys_)[a-z0-9_]+:[a-z0-9_]+");

    private final Roles roles;

    Permissions(Kernel kernel, Roles roles) {
        super(
                kernel,
                kernel.tables.permissions,
                Kind.of("permission", "perm")
                        .events(
                                EventType.PERMISSION_CREATED,
                                EventType.PERMISSION_UPDATED,
                                EventType.PERMISSION_DELETED));
        this.roles = roles;
    }

    /** Adds the system permissions, without emitting events. */
    void addSystemPermissions() {
        new TreeMap<>(SYSTEM)
                .forEach((key, name) -> table.put(draft(Map.of())
                        .put("key", key)
                        .put("name", name)
                        .put("description", "A system permission.")
                        .put("type", "system")));
    }

    /** Creates a permission with the parameters of {@code POST /organization_permissions}. */
    public ObjectNode create(ObjectNode given) {
        Params params = Params.of(given, PARAMETERS).require("name", "key");
        return kernel.locked(() -> {
            ObjectNode permission = draft(Map.of()).put("description", "");
            apply(permission, params);
            return added(permission);
        });
    }

    private void apply(ObjectNode permission, Params params) {
        String key = params.text("key");
        if (key != null && !KEY.matcher(key).matches()) {
            throw ClerkRefusedException.invalid(
                    "key", "key must have the format \"org:feature:action\" and not begin with \"org:sys_\".");
        }
        requireFree(tables.permissionsByKey, params.text("key"), permission, "key");
        params.copyGiven(permission, "name", "key", "description");
    }

    /** Changes a permission with the parameters of Clerk's {@code PATCH}. */
    public ObjectNode update(String id, ObjectNode given) {
        Params params = Params.of(given, PARAMETERS);
        return kernel.locked(() -> change(requireCustom(id), permission -> apply(permission, params)));
    }

    /** Deletes a permission, removes it from all roles, and returns its deletion object. */
    public ObjectNode delete(String id) {
        return kernel.locked(() -> {
            ObjectNode permission = requireCustom(id);
            roles.removeFromAllRoles(permission);
            return remove(permission, true);
        });
    }

    private ObjectNode requireCustom(String id) {
        ObjectNode permission = table.get(id);
        if (Tables.text(permission, "type").equals("system")) {
            throw ClerkError.SYSTEM_PERMISSION.because(
                    "This organization permission cannot be modified because it is a system permission.");
        }
        return permission;
    }
}
