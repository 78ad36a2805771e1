package io.github.bellhop.simulator.clerk;

import io.github.bellhop.event.EventType;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.LongNode;
import tools.jackson.databind.node.ObjectNode;

/** The organizations of an instance. Wherever one is named, its slug will do as well as its id. */
public final class Organizations {
    private static final Set<String> OF_CREATION = Set.of(
            "name",
            "created_by",
            "private_metadata",
            "public_metadata",
            "slug",
            "max_allowed_memberships",
            "created_at",
            "role_set_key");
    private static final Set<String> OF_UPDATE = Set.of(
            "name",
            "slug",
            "max_allowed_memberships",
            "admin_delete_enabled",
            "created_at",
            "role_set_key",
            "private_metadata",
            "public_metadata");

    private final Kernel kernel;
    private final Tables tables;
    private final Views views;
    private final Memberships memberships;
    private final Invitations invitations;
    private final Domains domains;
    private final Billing billing;
    private final Listing listing;

    Organizations(
            Kernel kernel,
            Tables tables,
            Views views,
            Memberships memberships,
            Invitations invitations,
            Domains domains,
            Billing billing) {
        this.kernel = kernel;
        this.tables = tables;
        this.views = views;
        this.memberships = memberships;
        this.invitations = invitations;
        this.domains = domains;
        this.billing = billing;
        this.listing = new Listing(tables.organizations, this::orderKey);
    }

    private JsonNode orderKey(ObjectNode organization, String order) {
        return order.equals("members_count")
                ? LongNode.valueOf(tables.membershipsByOrganization
                        .of(Tables.text(organization, "id"))
                        .size())
                : organization.path(order);
    }

    /** Creates an organization from the parameters of {@code POST /organizations}; who creates it becomes its admin. */
    public ObjectNode create(ObjectNode given) {
        Params params = Params.of(given, OF_CREATION);
        return kernel.locked(() -> {
            String name = params.requiredText("name");
            String creator = params.text("created_by");
            if (creator != null) {
                tables.users.get(creator);
            }
            String id = kernel.newId("org");
            ObjectNode organization = kernel.shape("organization", id, Map.of());
            organization
                    .put("image_url", "https://img.clerk.com/" + id)
                    .put("created_by", creator == null ? "" : creator);
            organization.putNull("last_active_at");
            organization.put("slug", freeSlug(name));
            apply(organization, params);
            return added(organization, creator);
        });
    }

    /** Creates an organization that is an invented company; nobody is in it unless somebody creates it. */
    public ObjectNode createInvented(@Nullable String creator) {
        return kernel.locked(() -> {
            ObjectNode organization = kernel.shape("organization", kernel.newId("org"), Map.of())
                    .put("created_by", creator == null ? "" : creator)
                    .put("max_allowed_memberships", 0)
                    .putNull("last_active_at");
            return added(organization, creator);
        });
    }

    private ObjectNode added(ObjectNode organization, @Nullable String creator) {
        tables.organizations.put(organization);
        kernel.emit(EventType.ORGANIZATION_CREATED, organization);
        if (creator != null) {
            memberships.create(Tables.text(organization, "id"), creator, Roles.ADMIN);
        }
        return organization.deepCopy();
    }

    private void apply(ObjectNode organization, Params params) {
        if (params.has("name")) {
            organization.put("name", params.requiredText("name"));
        }
        String slug = params.text("slug");
        if (slug != null) {
            ObjectNode owner = tables.organizationsBySlug.first(slug);
            if (owner != null && !owner.path("id").equals(organization.path("id"))) {
                throw ClerkRefusedException.taken("slug");
            }
            organization.put("slug", slug);
        }
        Long most = params.number("max_allowed_memberships");
        if (most != null) {
            organization.put("max_allowed_memberships", most);
        }
        params.copyFlags(organization, "admin_delete_enabled");
        params.copyTimes(organization, "created_at");
        params.copyTexts(organization, "role_set_key");
        Metadata.replace(organization, params, Metadata.OF_OTHERS);
    }

    private String freeSlug(String name) {
        String slug =
                name.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-").replaceAll("^-|-$", "");
        String free = slug.isEmpty() ? "org" : slug;
        for (int i = 2; tables.organizationsBySlug.first(free) != null; i++) {
            free = slug + "-" + i;
        }
        return free;
    }

    /** The organization of an id or slug. */
    public ObjectNode get(String idOrSlug) {
        return kernel.locked(() -> find(idOrSlug).deepCopy());
    }

    /** The same, with how many members and pending invitations it has. */
    public ObjectNode getCounted(String idOrSlug) {
        return kernel.locked(() -> views.countedOrganization(find(idOrSlug)));
    }

    /** The id of the organization of an id or slug. */
    public String id(String idOrSlug) {
        return kernel.locked(() -> Tables.text(find(idOrSlug), "id"));
    }

    private ObjectNode find(String idOrSlug) {
        ObjectNode bySlug = tables.organizationsBySlug.first(idOrSlug);
        return bySlug == null ? tables.organizations.get(idOrSlug) : bySlug;
    }

    /** A part of all organizations. */
    public Page list(PageRequest request, boolean counted, Predicate<ObjectNode> filter) {
        return kernel.locked(() -> listing.page(request, filter)
                .map(organization -> counted ? views.countedOrganization(organization) : organization.deepCopy()));
    }

    /** Changes an organization by the parameters of {@code PATCH /organizations/{id}}. */
    public ObjectNode update(String idOrSlug, ObjectNode given) {
        Params params = Params.of(given, OF_UPDATE);
        return change(idOrSlug, organization -> apply(organization, params));
    }

    /** Merges an organization's metadata. */
    public ObjectNode mergeMetadata(String idOrSlug, ObjectNode given) {
        Params params = Params.of(given, Metadata.OF_OTHERS);
        return change(idOrSlug, organization -> Metadata.merge(organization, params, Metadata.OF_OTHERS));
    }

    /** Replaces an organization's metadata. */
    public ObjectNode replaceMetadata(String idOrSlug, ObjectNode given) {
        Params params = Params.of(given, Metadata.OF_OTHERS);
        return change(idOrSlug, organization -> Metadata.replace(organization, params, Metadata.OF_OTHERS));
    }

    private ObjectNode change(String idOrSlug, Consumer<ObjectNode> change) {
        return kernel.locked(() -> kernel.change(
                        tables.organizations,
                        find(idOrSlug),
                        change,
                        changed -> kernel.emit(EventType.ORGANIZATION_UPDATED, changed))
                .deepCopy());
    }

    /** Deletes an organization with its memberships, invitations, domains and subscription; gives what is left. */
    public ObjectNode delete(String idOrSlug) {
        return kernel.locked(() -> {
            ObjectNode organization = find(idOrSlug);
            String id = Tables.text(organization, "id");
            memberships.removeAll(tables.membershipsByOrganization.list(id));
            invitations.removeAll(id);
            domains.removeAll(id);
            billing.removeAll(id);
            tables.organizations.remove(id);
            kernel.emitDeleted(EventType.ORGANIZATION_DELETED, organization);
            return Views.deleted(organization);
        });
    }
}
