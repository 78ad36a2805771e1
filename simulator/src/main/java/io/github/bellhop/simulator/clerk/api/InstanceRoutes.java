package io.github.bellhop.simulator.clerk.api;

import io.github.bellhop.simulator.clerk.ApplicationInvitations;
import io.github.bellhop.simulator.clerk.Billing;
import io.github.bellhop.simulator.clerk.ClerkInstance;
import io.github.bellhop.simulator.clerk.ItemStatus;
import io.github.bellhop.simulator.clerk.Permissions;
import io.github.bellhop.simulator.clerk.Roles;
import io.github.bellhop.simulator.clerk.Waitlist;
import io.github.bellhop.simulator.http.Routes;
import java.util.Set;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/**
 * The routes for the instance as a whole: roles, permissions, the waitlist, the application's {@code /invitations}, and
 * billing.
 */
final class InstanceRoutes {
    private static final String ROLES = "/organization_roles";
    private static final String ROLE = ROLES + "/{id}";
    private static final String PERMISSIONS = "/organization_permissions";
    private static final String WAITLIST = "/waitlist_entries";
    private static final String INVITATIONS = "/invitations";

    private static final int MAX_WAITLIST_BULK = 50;
    private static final Set<String> WAITLIST_STATUSES = Set.of("pending", "invited", "completed", "rejected");
    private static final Set<String> PAYER_TYPES = Set.of("user", "org");
    private static final Set<String> ITEM_STATUSES = Set.of("active", "ended", "past_due", "upcoming", "free_trial");

    private final ClerkInstance instance;

    InstanceRoutes(ClerkInstance instance) {
        this.instance = instance;
    }

    void addTo(Routes<Call> paths) {
        addRoles(paths.readBy(Call.since(ApiVersions.WITH_ROLES, ROLES)), instance.roles());
        addPermissions(paths, instance.permissions());
        addWaitlist(paths, instance.waitlist());
        addInvitations(paths, instance.applicationInvitations());
        addBilling(paths.readBy(Call.since(ApiVersions.WITH_BILLING, "billing")), instance.billing());
    }

    private static void addRoles(Routes<Call> paths, Roles roles) {
        paths.get(ROLES, call -> Call.counted(roles.list(call.page("name", "key"), named(call))))
                .post(ROLES, call -> roles.create(call.body()))
                .get(ROLE, call -> roles.get(call.id()))
                .patch(ROLE, call -> roles.update(call.id(), call.body()))
                .delete(ROLE, call -> roles.delete(call.id()))
                .post(ROLE + "/permissions/{part}", call -> roles.assign(call.id(), call.part()))
                .delete(ROLE + "/permissions/{part}", call -> roles.withdraw(call.id(), call.part()));
    }

    private static void addPermissions(Routes<Call> paths, Permissions permissions) {
        String one = PERMISSIONS + "/{id}";
        paths.get(PERMISSIONS, call -> Call.counted(permissions.list(call.page("name", "key"), named(call))))
                .post(PERMISSIONS, call -> permissions.create(call.body()))
                .get(one, call -> permissions.get(call.id()))
                .patch(one, call -> permissions.update(call.id(), call.body()))
                .delete(one, call -> permissions.delete(call.id()));
    }

    private static Filter named(Call call) {
        return call.filter().search("query", "id", Filter.keys("name", "key"));
    }

    private static void addWaitlist(Routes<Call> paths, Waitlist waitlist) {
        String one = WAITLIST + "/{id}";
        paths.get(
                        WAITLIST,
                        call -> Call.counted(waitlist.list(
                                call.page("email_address", "invited_at"),
                                call.filter()
                                        .oneOf("status", "/status", WAITLIST_STATUSES)
                                        .search("query", Filter.keys("email_address", "id")))))
                .post(WAITLIST, call -> waitlist.create(call.body()))
                .post(WAITLIST + "/bulk", call -> Call.array(waitlist.createAll(call.bodies(MAX_WAITLIST_BULK))))
                .post(one + "/invite", call -> waitlist.invite(call.id(), call.body()))
                .post(one + "/reject", call -> waitlist.reject(call.id()))
                .delete(one, call -> waitlist.delete(call.id()));
    }

    private static void addInvitations(Routes<Call> paths, ApplicationInvitations invitations) {
        paths.get(
                        INVITATIONS,
                        call -> call.arrayUnlessPaginated(
                                invitations.list(call.page("email_address", "expires_at"), notRevoked(call))))
                .post(INVITATIONS, call -> invitations.create(call.body()))
                .post(
                        INVITATIONS + "/bulk",
                        call -> Call.array(invitations.createAll(call.bodies(ApplicationInvitations.MOST))))
                .post(INVITATIONS + "/{id}/revoke", call -> invitations.revoke(call.id()));
    }

    /** Clerk's list omits revoked invitations unless the filter includes them. */
    private static Filter notRevoked(Call call) {
        Filter filter = call.filter()
                .oneOf("status", "/status", OrganizationRoutes.INVITATION_STATUSES)
                .search("query", "id", Filter.keys("email_address"));
        return call.queryAll("status").isEmpty()
                ? filter.and(
                        invitation -> !invitation.path("status").asString("").equals("revoked"))
                : filter;
    }

    private void addBilling(Routes<Call> paths, Billing billing) {
        paths.get(
                        "/billing/plans",
                        call -> Call.counted(billing.listPlans(
                                call.alwaysPaginated().page(),
                                call.filter().oneOf("payer_type", "/for_payer_type", PAYER_TYPES))))
                .get("/billing/subscription_items", call -> items(call, billing))
                .delete(
                        "/billing/subscription_items/{id}",
                        call -> billing.move(
                                call.id(), call.isTrue("end_now") ? ItemStatus.ENDED : ItemStatus.CANCELED))
                .get("/users/{id}/billing/subscription", call -> {
                    instance.users().get(call.id());
                    return billing.get(call.id());
                })
                .get(
                        "/organizations/{id}/billing/subscription",
                        call -> billing.get(instance.organizations().id(call.id())));
    }

    private static JsonNode items(Call call, Billing billing) {
        boolean free = call.isTrue("include_free");
        return Call.counted(billing.listItems(
                call.alwaysPaginated().page(),
                call.filter()
                        .oneOf("status", ITEM_STATUSES, InstanceRoutes::isInStatus)
                        .text("plan_id", "/plan_id")
                        .oneOf("payer_type", PAYER_TYPES, InstanceRoutes::isPaidBy)
                        .search("query", InstanceRoutes::searched)
                        .and(item -> free || item.at("/plan/fee/amount").asLong(0) > 0)));
    }

    private static boolean isInStatus(JsonNode item, String status) {
        return status.equals("free_trial")
                ? item.path("is_free_trial").asBoolean(false)
                : item.path("status").asString("").equals(status);
    }

    private static boolean isPaidBy(JsonNode item, String payerType) {
        return payerType.equals(item.at("/payer/user_id").isString() ? "user" : "org");
    }

    /** The strings of a subscription item that a search looks at. Clerk does not document them. */
    private static Stream<String> searched(JsonNode item) {
        return Stream.of(
                        "/id",
                        "/plan/name",
                        "/plan/slug",
                        "/payer/first_name",
                        "/payer/last_name",
                        "/payer/email",
                        "/payer/organization_name")
                .map(pointer -> item.at(pointer).asString(""));
    }
}
