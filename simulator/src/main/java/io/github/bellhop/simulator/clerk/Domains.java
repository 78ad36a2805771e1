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
public final class Domains extends Resource {
    private static final Set<String> OF_CREATION = Params.names("name enrollment_mode verified");
    private static final Set<String> OF_UPDATE = Params.names("enrollment_mode verified");

    /** The ways in which people with an e-mail address at a domain join its organization. */
    public static final Set<String> ENROLLMENT_MODES =
            Params.names("manual_invitation automatic_invitation automatic_suggestion enterprise_sso");

    Domains(Kernel kernel) {
        super(
                kernel,
                kernel.tables.domains,
                Kind.of("organization-domain", "orgdmn")
                        .events(
                                EventType.ORGANIZATION_DOMAIN_CREATED,
                                EventType.ORGANIZATION_DOMAIN_UPDATED,
                                EventType.ORGANIZATION_DOMAIN_DELETED)
                        .seen(kernel.views::withPublicOrganization));
    }

    /** Adds a domain with the parameters of {@code POST /organizations/{id}/domains}. */
    public ObjectNode create(String organizationId, ObjectNode given) {
        Params params = Params.of(given, OF_CREATION);
        return kernel.locked(() -> {
            tables.organizations.get(organizationId);
            String name = params.requiredText("name").toLowerCase(Locale.ROOT);
            MailDomains.requireOwn(name);
            if (tables.domainsByName.first(name) != null) {
                throw ClerkError.DOMAIN_EXISTS.of("name", "This domain is already used by another organization.");
            }
            ObjectNode domain = draft(Map.of("org", organizationId)).put("name", name);
            apply(domain, params);
            verify(domain, params.flag("verified", true));
            return added(domain);
        });
    }

    private static void apply(ObjectNode domain, Params params) {
        String mode = params.oneOf("enrollment_mode", ENROLLMENT_MODES);
        if (mode != null) {
            domain.put("enrollment_mode", mode);
        }
    }

    private void verify(ObjectNode domain, boolean verified) {
        if (verified != isVerified(domain)) {
            // Clerk plans to remove the alias "verification".
            for (String key : List.of("affiliation_verification", "verification")) {
                domain.set(
                        key,
                        verified ? kernel.shape("domain-verification", Tables.text(domain, "id"), Map.of()) : null);
            }
        }
    }

    /** Whether the domain's affiliation is verified. */
    public static boolean isVerified(JsonNode domain) {
        return domain.path("affiliation_verification").isObject();
    }

    /** Changes a domain with the parameters of Clerk's {@code PATCH}. */
    public ObjectNode update(String organizationId, String domainId, ObjectNode given) {
        Params params = Params.of(given, OF_UPDATE);
        return kernel.locked(() -> change(require(organizationId, domainId), domain -> {
            apply(domain, params);
            verify(domain, params.flag("verified", isVerified(domain)));
        }));
    }

    /**
     * Marks the ownership of a domain as verified by an administrator, without DNS. Returns the domain, unchanged if
     * its ownership is already verified.
     */
    public ObjectNode verifyOwnership(String organizationId, String domainId) {
        return kernel.locked(() -> change(require(organizationId, domainId), domain -> {
            if (!domain.at("/ownership_verification/status").asString("").equals("verified")) {
                domain.putObject("ownership_verification")
                        .put("status", "verified")
                        .put("strategy", "manual_override")
                        .putNull("attempts")
                        .putNull("expire_at")
                        .put("verified_at", kernel.now());
            }
        }));
    }

    /** Removes a domain and returns its deletion object. */
    public ObjectNode delete(String organizationId, String domainId) {
        return kernel.locked(() -> remove(require(organizationId, domainId), true));
    }

    /** Removes the domains of an organization that is about to be deleted. */
    void removeAll(String organizationId) {
        tables.domainsByOrganization.list(organizationId).forEach(domain -> remove(domain, kernel.cascadesEvents()));
    }

    /** A page of the domains of one organization, or of all organizations if the id is null. */
    public Page list(@Nullable String organizationId, PageRequest request, Predicate<ObjectNode> filter) {
        return listOf(organizationId, tables.domainsByOrganization, request, filter);
    }
}
