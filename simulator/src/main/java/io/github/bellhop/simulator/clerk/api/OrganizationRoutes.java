package io.github.bellhop.simulator.clerk.api;

import io.github.bellhop.simulator.clerk.ClerkError;
import io.github.bellhop.simulator.clerk.ClerkInstance;
import io.github.bellhop.simulator.clerk.Domains;
import io.github.bellhop.simulator.clerk.Invitations;
import io.github.bellhop.simulator.clerk.Memberships;
import io.github.bellhop.simulator.clerk.Organizations;
import io.github.bellhop.simulator.clerk.Page;
import io.github.bellhop.simulator.http.Routes;
import java.util.Set;
import java.util.function.Predicate;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The routes under {@code /organizations} for organizations, memberships, invitations and domains, and the lists across
 * all organizations.
 */
final class OrganizationRoutes {
    private static final String ONE = "/organizations/{id}";
    private static final String MEMBERS = ONE + "/memberships";
    private static final String MEMBER = MEMBERS + "/{part}";
    private static final String INVITATIONS = ONE + "/invitations";
    private static final String INVITATION = INVITATIONS + "/{part}";
    private static final String DOMAINS = ONE + "/domains";
    private static final String DOMAIN = DOMAINS + "/{part}";
    private static final String[] MEMBER_ORDERS = {
        "email_address", "phone_number", "username", "first_name", "last_name"
    };

    private static final String MISSING_ADMINISTRATOR = "include_missing_member_with_elevated_permissions";
    static final Set<String> INVITATION_STATUSES = Set.of("pending", "accepted", "revoked", "expired");
    private static final int MAX_INVITATION_BULK = 10;

    private final ClerkInstance instance;
    private final Organizations organizations;
    private final Memberships memberships;
    private final Invitations invitations;
    private final Domains domains;

    OrganizationRoutes(ClerkInstance instance) {
        this.instance = instance;
        this.organizations = instance.organizations();
        this.memberships = instance.memberships();
        this.invitations = instance.invitations();
        this.domains = instance.domains();
    }

    void addTo(Routes<Call> paths) {
        paths.get("/organizations", this::list)
                .post("/organizations", call -> organizations.create(call.body()))
                .get(ONE, this::get)
                .patch(ONE, call -> organizations.update(call.id(), call.bodyWithoutMetadata()))
                .delete(ONE, call -> organizations.delete(call.id()))
                .patch(ONE + "/metadata", call -> organizations.mergeMetadata(call.id(), call.body()))
                .put(ONE + "/metadata", call -> organizations.replaceMetadata(call.id(), call.body()));
        addMemberships(paths);
        addInvitations(paths);
        addDomains(paths);
    }

    private JsonNode list(Call call) {
        boolean shown = call.isTrue(MISSING_ADMINISTRATOR);
        Page page = organizations.list(
                call.page("name", "members_count"),
                call.isTrue("include_members_count"),
                call.filter()
                        .key("organization_id", "id")
                        .related(
                                "user_id",
                                (organization, id) -> memberships.exists(
                                        organization.path("id").stringValue(), id))
                        .search("query", "id", Filter.keys("name", "slug")));
        if (shown) {
            page.rows().forEach(this::addMissingAdministrator);
        }
        return Call.counted(page);
    }

    private JsonNode get(Call call) {
        ObjectNode organization = call.isTrue("include_members_count")
                ? organizations.getCounted(call.id())
                : organizations.get(call.id());
        if (call.isTrue(MISSING_ADMINISTRATOR)) {
            addMissingAdministrator(organization);
        }
        return organization;
    }

    private void addMissingAdministrator(ObjectNode organization) {
        organization.put(
                "missing_member_with_elevated_permissions",
                organizations.lacksAdministrator(organization.path("id").stringValue()));
    }

    private String organization(Call call) {
        return organizations.id(call.id());
    }

    private void addMemberships(Routes<Call> paths) {
        paths.get("/organization_memberships", call -> Call.counted(memberships.list(call.page(MEMBER_ORDERS))))
                .get(
                        MEMBERS,
                        call -> Call.counted(memberships.listOfOrganization(
                                organization(call), call.page(MEMBER_ORDERS), members(call))))
                .post(MEMBERS, call -> memberships.create(organization(call), call.body()))
                .patch(MEMBER, call -> memberships.update(organization(call), call.part(), call.body()))
                .patch(
                        MEMBER + "/metadata",
                        call -> memberships.mergeMetadata(organization(call), call.part(), call.body()))
                .delete(MEMBER, call -> memberships.delete(organization(call), call.part()));
    }

    private Predicate<ObjectNode> members(Call call) {
        Predicate<ObjectNode> user = UserRoutes.members(call);
        return call.filter()
                .text("role", "/role")
                .and(membership -> user.test(instance.users()
                        .get(membership.at("/public_user_data/user_id").stringValue())));
    }

    private void addInvitations(Routes<Call> paths) {
        paths.get(
                        "/organization_invitations",
                        call -> Call.counted(invitations.list(
                                null,
                                call.page("email_address"),
                                invited(call).search("query", Filter.keys("email_address")))))
                .get(
                        INVITATIONS,
                        call -> Call.counted(invitations.list(
                                organization(call),
                                call.page("email_address"),
                                invited(call).text("email_address", "/email_address"))))
                .post(INVITATIONS, call -> invitations.create(organization(call), call.body()))
                .post(
                        INVITATIONS + "/bulk",
                        call -> Call.all(invitations.createAll(organization(call), call.bodies(MAX_INVITATION_BULK))))
                .get(
                        INVITATIONS + "/pending",
                        call -> Call.counted(invitations.list(organization(call), call.page(), Invitations::isPending)))
                .get(INVITATION, call -> invitations.get(organization(call), call.part()))
                .post(INVITATION + "/revoke", call -> invitations.revoke(organization(call), call.part(), call.body()));
    }

    static Filter invited(Call call) {
        return call.filter().oneOf("status", "/status", INVITATION_STATUSES);
    }

    private void addDomains(Routes<Call> paths) {
        paths.get(
                        "/organization_domains",
                        call -> Call.counted(domains.list(null, call.page("name"), allDomains(call))))
                .get(DOMAINS, call -> Call.counted(domains.list(organization(call), call.page("name"), domains(call))))
                .post(DOMAINS, call -> domains.create(organization(call), call.body()))
                .patch(DOMAIN, call -> domains.update(organization(call), call.part(), call.body()))
                .delete(DOMAIN, call -> domains.delete(organization(call), call.part()));
    }

    private static Filter domains(Call call) {
        return call.filter()
                .key("enrollment_mode", "enrollment_mode", Domains.ENROLLMENT_MODES)
                .flag("verified", Domains::isVerified);
    }

    private static Filter allDomains(Call call) {
        Filter filter =
                domains(call).text("organization_id", "/organization_id").texts("domains", Filter.keys("name"));
        String query = call.query("query");
        if (query != null && query.isBlank()) {
            throw ClerkError.VALUE_INVALID.of("query", "query must not be blank.");
        }
        // An organization's id must match exactly.
        return query != null && query.startsWith("org_")
                ? filter.and(
                        domain -> domain.path("organization_id").asString("").equals(query))
                : filter.search("query", Filter.keys("name"));
    }
}
