package io.github.bellhop.simulator.clerk;

import io.github.bellhop.simulator.http.ApiJson;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The role sets of an instance. They emit no events of their own. A replacement takes effect at once, so the simulator
 * has no migrations, and emits an event for each organization and membership that it changes. Methods accept a key in
 * place of an id.
 */
public final class RoleSets extends Resource {
    /** The key of the set that every instance has, with the default roles. */
    static final String DEFAULT = "role_set:default";

    private static final Set<String> OF_CREATION =
            Params.names("name key description default_role_key creator_role_key type roles");
    private static final Set<String> OF_UPDATE =
            Params.names("name key description default_role_key creator_role_key type");
    private static final Set<String> OF_ADDITION = Set.of("role_keys", "default_role_key", "creator_role_key");
    private static final Set<String> OF_REPLACEMENT = Set.of("dest_role_set_key", "reassignment_mappings");
    private static final Pattern KEY = Pattern.compile("role_set:[a-z0-9_]+");
    private static final Set<String> TYPES = Set.of("initial", "custom");
    private static final int MOST_ROLES = 10;

    private final Organizations organizations;
    private final Memberships memberships;

    RoleSets(Kernel kernel, Organizations organizations, Memberships memberships) {
        super(kernel, kernel.tables.roleSets, Kind.of("role-set", "roleset").seen(view(kernel.tables)));
        this.organizations = organizations;
        this.memberships = memberships;
    }

    private static UnaryOperator<ObjectNode> view(Tables tables) {
        return set -> {
            ObjectNode view = set.deepCopy();
            ArrayNode roles = view.putArray("roles");
            keys(set).forEach(key -> roles.add(item(tables, set, key)));
            for (String role : List.of("default_role", "creator_role")) {
                view.set(role, item(tables, set, Tables.text(set, role)));
            }
            return view.putNull("role_set_migration");
        };
    }

    private static ObjectNode item(Tables tables, ObjectNode set, String key) {
        ObjectNode item = ApiJson.object().put("object", "role_set_item");
        ObjectNode role = tables.rolesByKey.first(key);
        if (role != null) {
            BillingViews.copy(role, item, "id", "name", "key", "description");
        }
        long members = tables.membershipsByRole.of(key).values().stream()
                .filter(membership -> set.path("key")
                        .equals(tables.organizations
                                .get(Tables.place(membership, "/organization/id"))
                                .path("role_set_key")))
                .count();
        item.put("members_count", members).put("has_members", members > 0);
        if (role != null) {
            BillingViews.copy(role, item, "created_at", "updated_at");
        }
        return item;
    }

    private static List<String> keys(ObjectNode set) {
        return set.path("roles").valueStream().map(JsonNode::stringValue).toList();
    }

    /** Adds the set with the default roles. */
    void addDefault() {
        ObjectNode set =
                draft(Map.of()).put("name", "Default").put("key", DEFAULT).put("type", "initial");
        set.putArray("roles").add(Roles.ADMIN).add(Roles.MEMBER);
        table.put(set.put("default_role", Roles.MEMBER).put("creator_role", Roles.ADMIN));
    }

    @Override
    ObjectNode find(String keyOrId) {
        ObjectNode byKey = tables.roleSetsByKey.first(keyOrId);
        return byKey == null ? table.get(keyOrId) : byKey;
    }

    /** Creates a role set with the parameters of {@code POST /role_sets}. */
    public ObjectNode create(ObjectNode given) {
        Params params = Params.of(given, OF_CREATION).require("name", "default_role_key", "creator_role_key");
        return kernel.locked(() -> {
            ObjectNode set = draft(Map.of()).put("key", "role_set:" + snake(params.requiredText("name")));
            addRoles(set, params, "roles");
            apply(set, params);
            return added(set);
        });
    }

    private static String snake(String name) {
        return name.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "_").replaceAll("^_|_$", "");
    }

    /** Changes a role set with the parameters of Clerk's {@code PATCH}. */
    public ObjectNode update(String keyOrId, ObjectNode given) {
        Params params = Params.of(given, OF_UPDATE);
        return kernel.locked(() -> {
            String before = Tables.text(find(keyOrId), "key");
            ObjectNode changed = change(keyOrId, set -> apply(set, params));
            moveOrganizations(before, Tables.text(changed, "key"));
            return changed;
        });
    }

    private void apply(ObjectNode set, Params params) {
        params.copyGiven(set, "name", "key");
        params.copyTexts(set, "description");
        if (!KEY.matcher(Tables.text(set, "key")).matches()) {
            throw ClerkRefusedException.invalid(
                    "key", "key must start with role_set:, followed by lowercase letters, digits and underscores.");
        }
        requireFree(tables.roleSetsByKey, Tables.text(set, "key"), set, "key");
        applyRoles(set, params);
        String type = params.oneOf("type", TYPES);
        if ("initial".equals(type)) {
            for (ObjectNode other : List.copyOf(table.rows().values())) {
                if (Tables.text(other, "type").equals("initial")) {
                    table.put(other.deepCopy().put("type", "custom"));
                }
            }
            set.put("type", type);
        }
    }

    private static void applyRoles(ObjectNode set, Params params) {
        for (String role : List.of("default_role", "creator_role")) {
            String key = params.text(role + "_key");
            if (key != null && !keys(set).contains(key)) {
                throw ClerkRefusedException.notAllowed(role + "_key", key, keys(set));
            }
            if (key != null) {
                set.put(role, key);
            }
        }
    }

    private void addRoles(ObjectNode set, Params params, String parameter) {
        List<String> added = params.texts(parameter);
        if (added.isEmpty()) {
            throw ClerkRefusedException.missing(parameter);
        }
        if (added.size() > MOST_ROLES) {
            throw ClerkError.ARRAY_SIZE.of(parameter, parameter + " should not exceed " + MOST_ROLES + " items.");
        }
        added.forEach(memberships::requireRole);
        Set<String> all = new LinkedHashSet<>(keys(set));
        all.addAll(added);
        all.forEach(set.putArray("roles")::add);
    }

    /** Adds roles with the parameters of {@code POST /role_sets/{id}/roles}. */
    public ObjectNode addRoles(String keyOrId, ObjectNode given) {
        Params params = Params.of(given, OF_ADDITION);
        return change(keyOrId, set -> {
            addRoles(set, params, "role_keys");
            applyRoles(set, params);
        });
    }

    /**
     * Replaces a role of the set with another role of the set, also for the members of organizations that use the set.
     */
    public ObjectNode replaceRole(String keyOrId, ObjectNode given) {
        Params params = Params.of(given, Set.of("role_key", "to_role_key")).require("role_key", "to_role_key");
        return kernel.locked(() -> {
            ObjectNode set = find(keyOrId);
            String gone = params.requiredText("role_key");
            String other = params.requiredText("to_role_key");
            requireOf(set, gone);
            requireOf(set, other);
            if (gone.equals(other)) {
                throw ClerkError.VALUE_INVALID.of("to_role_key", "to_role_key must be another role.");
            }
            ObjectNode changed = change(set, after -> {
                ((ArrayNode) after.get("roles"))
                        .removeIf(role -> role.stringValue().equals(gone));
                for (String role : List.of("default_role", "creator_role")) {
                    if (Tables.text(after, role).equals(gone)) {
                        after.put(role, other);
                    }
                }
            });
            organizationsOf(Tables.text(set, "key")).forEach(each -> reassign(each, Map.of(gone, other)));
            return changed;
        });
    }

    private static void requireOf(ObjectNode set, String role) {
        if (!keys(set).contains(role)) {
            throw ClerkRefusedException.notFound("role of the role set", role);
        }
    }

    /**
     * Replaces a role set with another one in all organizations, and returns its deletion object.
     *
     * @throws ClerkRefusedException if a member has a role that the other set does not contain and that no mapping
     *     replaces
     */
    public ObjectNode replace(String keyOrId, ObjectNode given) {
        Params params = Params.of(given, OF_REPLACEMENT);
        return kernel.locked(() -> {
            ObjectNode set = find(keyOrId);
            ObjectNode destination = find(params.requiredText("dest_role_set_key"));
            if (set.equals(destination)) {
                throw ClerkError.VALUE_INVALID.of("dest_role_set_key", "dest_role_set_key must be another role set.");
            }
            Map<String, String> mappings = mappings(given.path("reassignment_mappings"), destination);
            List<ObjectNode> moved = organizationsOf(Tables.text(set, "key"));
            moved.forEach(organization -> requireMapped(organization, destination, mappings));
            moved.forEach(organization -> reassign(organization, mappings));
            moveOrganizations(Tables.text(set, "key"), Tables.text(destination, "key"));
            return remove(set, false);
        });
    }

    private static Map<String, String> mappings(JsonNode given, ObjectNode destination) {
        Map<String, String> mappings = new HashMap<>();
        given.properties().forEach(mapping -> {
            String role = mapping.getValue().asString("");
            requireOf(destination, role);
            mappings.put(mapping.getKey(), role);
        });
        return mappings;
    }

    private void requireMapped(ObjectNode organization, ObjectNode destination, Map<String, String> mappings) {
        for (ObjectNode member : membersOf(organization)) {
            String role = Tables.text(member, "role");
            if (!keys(destination).contains(role) && !mappings.containsKey(role)) {
                throw ClerkRefusedException.missing("reassignment_mappings");
            }
        }
    }

    private List<ObjectNode> organizationsOf(String key) {
        return tables.organizations.rows().values().stream()
                .filter(organization ->
                        Tables.text(organization, "role_set_key").equals(key))
                .toList();
    }

    private List<ObjectNode> membersOf(ObjectNode organization) {
        return tables.membershipsByOrganization.list(Tables.text(organization, "id"));
    }

    private void reassign(ObjectNode organization, Map<String, String> mappings) {
        for (ObjectNode member : membersOf(organization)) {
            String role = mappings.get(Tables.text(member, "role"));
            if (role != null) {
                memberships.change(member, changed -> changed.put("role", role));
            }
        }
    }

    private void moveOrganizations(String before, String after) {
        if (!before.equals(after)) {
            organizationsOf(before)
                    .forEach(organization ->
                            organizations.change(organization, changed -> changed.put("role_set_key", after)));
        }
    }
}
