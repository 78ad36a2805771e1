package io.github.bellhop.simulator.clerk;

import io.github.bellhop.event.EventType;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The domains of organizations. */
public final class Domains {
    private static final Set<String> OF_CREATION = Set.of("name", "enrollment_mode", "verified");
    private static final Set<String> OF_UPDATE = Set.of("enrollment_mode", "verified");
    private static final Set<String> ENROLLMENT_MODES =
            Set.of("manual_invitation", "automatic_invitation", "automatic_suggestion", "enterprise_sso");

    private final Kernel kernel;
    private final Tables tables;
    private final Views views;
    private final Listing listing;

    Domains(Kernel kernel, Tables tables, Views views) {
        this.kernel = kernel;
        this.tables = tables;
        this.views = views;
        this.listing = new Listing(tables.domains);
    }

    /** Adds a domain, by the parameters of {@code POST /organizations/{id}/domains}. */
    public ObjectNode create(String organizationId, ObjectNode given) {
        Params params = Params.of(given, OF_CREATION);
        return kernel.locked(() -> {
            tables.organizations.get(organizationId);
            String name = params.requiredText("name").toLowerCase(Locale.ROOT);
            for (ObjectNode other :
                    tables.domainsByOrganization.of(organizationId).values()) {
                if (Tables.text(other, "name").equals(name)) {
                    throw ClerkRefusedException.taken("name");
                }
            }
            ObjectNode domain =
                    kernel.shape("organization-domain", kernel.newId("orgdmn"), Map.of("org", organizationId));
            domain.put("name", name);
            apply(domain, params);
            tables.domains.put(domain);
            kernel.emit(EventType.ORGANIZATION_DOMAIN_CREATED, views.domain(domain));
            return views.domain(domain);
        });
    }

    private void apply(ObjectNode domain, Params params) {
        String mode = params.text("enrollment_mode");
        if (mode != null) {
            if (!ENROLLMENT_MODES.contains(mode)) {
                throw ClerkRefusedException.invalid(
                        "enrollment_mode",
                        "enrollment_mode must be one of "
                                + ENROLLMENT_MODES.stream().sorted().toList() + ".");
            }
            domain.put("enrollment_mode", mode);
        }
        if (params.has("verified") && params.flag("verified", false) != isVerified(domain)) {
            // The key without a prefix is an alias that Clerk means to drop.
            for (String key : List.of("affiliation_verification", "verification")) {
                if (params.flag("verified", false)) {
                    domain.set(key, kernel.shape("domain-verification", Tables.text(domain, "id"), Map.of()));
                } else {
                    domain.putNull(key);
                }
            }
        }
    }

    /** Whether somebody has shown to belong to a domain. */
    public static boolean isVerified(JsonNode domain) {
        return domain.path("affiliation_verification").isObject();
    }

    /** Changes a domain, by the parameters of Clerk's {@code PATCH}. */
    public ObjectNode update(String organizationId, String domainId, ObjectNode given) {
        Params params = Params.of(given, OF_UPDATE);
        return kernel.locked(() -> {
            ObjectNode domain = require(organizationId, domainId);
            return views.domain(kernel.change(
                    tables.domains,
                    domain,
                    copy -> apply(copy, params),
                    changed -> kernel.emit(EventType.ORGANIZATION_DOMAIN_UPDATED, views.domain(changed))));
        });
    }

    /** Removes a domain; gives what is left. */
    public ObjectNode delete(String organizationId, String domainId) {
        return kernel.locked(() -> remove(require(organizationId, domainId), true));
    }

    private ObjectNode remove(ObjectNode domain, boolean tell) {
        tables.domains.remove(Tables.text(domain, "id"));
        if (tell) {
            kernel.emitDeleted(EventType.ORGANIZATION_DOMAIN_DELETED, domain);
        }
        return Views.deleted(domain);
    }

    /** Removes the domains of an organization that is about to be deleted. */
    void removeAll(String organizationId) {
        tables.domainsByOrganization.list(organizationId).forEach(domain -> remove(domain, kernel.cascadesEvents()));
    }

    private ObjectNode require(String organizationId, String domainId) {
        ObjectNode domain = tables.domains.get(domainId);
        if (!Tables.text(domain, "organization_id").equals(organizationId)) {
            throw ClerkRefusedException.notFound("organization domain", domainId);
        }
        return domain;
    }

    /** A part of the domains of one organization, or of all when none is given. */
    public Page list(@Nullable String organizationId, PageRequest request, Predicate<ObjectNode> filter) {
        return kernel.locked(() -> {
            if (organizationId == null) {
                return listing.page(request, filter).map(views::domain);
            }
            tables.organizations.get(organizationId);
            return listing.page(tables.domainsByOrganization.of(organizationId), request, filter)
                    .map(views::domain);
        });
    }
}
