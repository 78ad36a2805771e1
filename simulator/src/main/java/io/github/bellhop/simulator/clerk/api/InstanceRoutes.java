package io.github.bellhop.simulator.clerk.api;

import io.github.bellhop.simulator.clerk.ApplicationInvitations;
import io.github.bellhop.simulator.clerk.Billing;
import io.github.bellhop.simulator.clerk.ClerkInstance;
import io.github.bellhop.simulator.clerk.ItemStatus;
import io.github.bellhop.simulator.clerk.Permissions;
import io.github.bellhop.simulator.clerk.Roles;
import io.github.bellhop.simulator.clerk.Waitlist;
import io.github.bellhop.simulator.http.Routes;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/**
 * The routes for the instance as a whole: roles and permissions, the waitlist with the application's
 * {@code /invitations}, and billing.
 */
final class InstanceRoutes {
    private static final String ROLES = "/organization_roles";
    private static final String ROLE = ROLES + "/{id}";
    private static final String PERMISSIONS = "/organization_permissions";
    private static final String WAITLIST = "/waitlist_entries";
    private static final String INVITATIONS = "/invitations";

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
        return call.filter().search("query", Filter.keys("id", "name", "key"));
    }

    private static void addWaitlist(Routes<Call> paths, Waitlist waitlist) {
        String one = WAITLIST + "/{id}";
        paths.get(
                        WAITLIST,
                        call -> Call.counted(waitlist.list(
                                call.page("email_address", "invited_at"),
                                call.filter().text("status", "/status").search("query", Filter.keys("email_address")))))
                .post(WAITLIST, call -> waitlist.create(call.body()))
                .post(
                        WAITLIST + "/bulk",
                        call -> Call.array(
                                call.bodies().stream().map(waitlist::create).toList()))
                .post(one + "/invite", call -> waitlist.invite(call.id()))
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

    /** Clerk's list leaves out what was revoked, unless the filter asks for it. */
    private static Filter notRevoked(Call call) {
        Filter filter = call.filter().text("status", "/status").search("query", "id", Filter.keys("email_address"));
        return call.queryAll("status").isEmpty()
                ? filter.and(
                        invitation -> !invitation.path("status").asString("").equals("revoked"))
                : filter;
    }

    private void addBilling(Routes<Call> paths, Billing billing) {
        paths.get(
                        "/billing/plans",
                        call -> Call.counted(
                                billing.listPlans(call.page(), call.filter().text("payer_type", "/for_payer_type"))))
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
                call.page(),
                call.filter()
                        .text("status", "/status")
                        .text("plan_id", "/plan_id")
                        .texts(
                                "payer_type",
                                item -> Stream.of(item.at("/payer/user_id").isString() ? "user" : "org"))
                        .and(item -> free || item.at("/plan/fee/amount").asLong(0) > 0)));
    }
}
