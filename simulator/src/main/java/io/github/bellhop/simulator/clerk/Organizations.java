package io.github.bellhop.simulator.clerk;

import io.github.bellhop.event.EventType;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.LongNode;
import tools.jackson.databind.node.ObjectNode;

/** The organizations of an instance. Every method accepts a slug in place of an id. */
public final class Organizations extends Resource {
    private static final Set<String> OF_CREATION = Params.names(
            "name created_by private_metadata public_metadata slug max_allowed_memberships created_at role_set_key");
    private static final Set<String> OF_UPDATE = Params.names("name slug max_allowed_memberships admin_delete_enabled"
            + " created_at role_set_key private_metadata public_metadata");

    private static final Pattern SLUG = Pattern.compile("[a-z0-9-]+");
    private static final Pattern URL_OR_HTML = Pattern.compile("(?i)https?://|\\bwww\\.|</?[a-z][^>]*>");
    private static final int LONGEST_NAME = 256;

    private final Memberships memberships;
    private final MinimumPermissions minimum;
    private final Consumer<String> removeChildren;

    /**
     * Creates an empty set of organizations.
     *
     * @param removeChildren removes the entities that belong to an organization that is about to be deleted, except its
     *     memberships
     */
    Organizations(Kernel kernel, Memberships memberships, Consumer<String> removeChildren) {
        super(
                kernel,
                kernel.tables.organizations,
                Kind.of("organization", "org")
                        .events(
                                EventType.ORGANIZATION_CREATED,
                                EventType.ORGANIZATION_UPDATED,
                                EventType.ORGANIZATION_DELETED)
                        .orderedBy((organization, order) -> order.equals("members_count")
                                ? LongNode.valueOf(kernel.tables
                                        .membershipsByOrganization
                                        .of(Tables.text(organization, "id"))
                                        .size())
                                : organization.path(order)));
        this.memberships = memberships;
        this.minimum = new MinimumPermissions(kernel.tables);
        this.removeChildren = removeChildren;
    }

    /** Creates an organization with the parameters of {@code POST /organizations}. Its creator becomes its admin. */
    public ObjectNode create(ObjectNode given) {
        Params params = Params.of(given, OF_CREATION);
        return kernel.locked(() -> {
            String name = params.requiredText("name");
            String creator = params.text("created_by");
            if (creator != null && tables.users.find(creator) == null) {
                throw ClerkError.CREATOR_NOT_FOUND.because("No users found with id " + creator + ".");
            }
            ObjectNode organization = draft(Map.of());
            organization
                    .put("image_url", "https://img.clerk.com/" + Tables.text(organization, "id"))
                    .put("slug", freeSlug(name));
            apply(organization, params);
            return founded(organization, creator);
        });
    }

    /** Creates an organization with the details of an invented company. It has no members unless a creator is given. */
    public ObjectNode createInvented(@Nullable String creator) {
        return kernel.locked(() -> founded(draft(Map.of()).put("max_allowed_memberships", 0), creator));
    }

    private ObjectNode founded(ObjectNode organization, @Nullable String creator) {
        organization.put("created_by", creator == null ? "" : creator).put("last_active_at", kernel.now());
        ObjectNode founded = added(organization);
        if (creator != null) {
            memberships.create(Tables.text(organization, "id"), creator, Roles.ADMIN);
        }
        return founded;
    }

    private void apply(ObjectNode organization, Params params) {
        if (params.has("name")) {
            organization.put("name", checkedName(params.requiredText("name")));
        }
        String slug = params.text("slug");
        if (slug != null && !SLUG.matcher(slug).matches()) {
            throw ClerkRefusedException.invalid("slug", "slug can contain only lowercase letters, digits and dashes.");
        }
        requireFree(tables.organizationsBySlug, slug, organization, "slug");
        params.copyGiven(organization, "slug");
        params.copyNumber(organization, "max_allowed_memberships");
        params.copyFlags(organization, "admin_delete_enabled");
        params.copyTimes(organization, "created_at");
        params.copyTexts(organization, "role_set_key");
        params.replaceMetadata(organization, Params.METADATA);
    }

    private static String checkedName(String name) {
        if (name.length() > LONGEST_NAME) {
            throw ClerkError.MAX_LENGTH.of("name", "name should not exceed " + LONGEST_NAME + " characters.");
        }
        if (URL_OR_HTML.matcher(name).find()) {
            throw ClerkError.VALUE_INVALID.of(
                    "name", "The organization name is invalid: it must not contain URLs or HTML.");
        }
        return name;
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

    /** The organization with this id or slug, with the numbers of its members and pending invitations. */
    public ObjectNode getCounted(String idOrSlug) {
        return kernel.locked(() -> kernel.views.countedOrganization(find(idOrSlug)));
    }

    /** Whether no member can administer the organization. */
    public boolean lacksAdministrator(String id) {
        return kernel.locked(() -> minimum.isMissing(id));
    }

    /** The id of the organization with this id or slug. */
    public String id(String idOrSlug) {
        return kernel.locked(() -> Tables.text(find(idOrSlug), "id"));
    }

    @Override
    ObjectNode find(String idOrSlug) {
        ObjectNode bySlug = tables.organizationsBySlug.first(idOrSlug);
        return bySlug == null ? table.get(idOrSlug) : bySlug;
    }

    /** A page of all organizations, with or without the counts of {@link #getCounted}. */
    public Page list(PageRequest request, boolean counted, Predicate<ObjectNode> filter) {
        return kernel.locked(
                () -> counted ? list(request, filter).map(kernel.views::countedOrganization) : list(request, filter));
    }

    /** Changes an organization with the parameters of {@code PATCH /organizations/{id}}. */
    public ObjectNode update(String idOrSlug, ObjectNode given) {
        Params params = Params.of(given, OF_UPDATE);
        return change(idOrSlug, organization -> apply(organization, params));
    }

    /** Merges an organization's metadata. */
    public ObjectNode mergeMetadata(String idOrSlug, ObjectNode given) {
        Params params = Params.of(given, Params.METADATA);
        return change(idOrSlug, organization -> params.mergeMetadata(organization, Params.METADATA));
    }

    /** Replaces an organization's metadata. */
    public ObjectNode replaceMetadata(String idOrSlug, ObjectNode given) {
        Params params = Params.of(given, Params.METADATA);
        return change(idOrSlug, organization -> params.replaceMetadata(organization, Params.METADATA));
    }

    /**
     * Deletes an organization with its memberships, invitations, domains and subscription. Returns its deletion object.
     */
    public ObjectNode delete(String idOrSlug) {
        return kernel.locked(() -> {
            ObjectNode organization = find(idOrSlug);
            String id = Tables.text(organization, "id");
            memberships.removeAll(tables.membershipsByOrganization.list(id));
            removeChildren.accept(id);
            return remove(organization, true);
        });
    }
}
