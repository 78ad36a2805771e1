package io.github.bellhop.simulator.clerk.api;

import io.github.bellhop.simulator.clerk.ClerkInstance;
import io.github.bellhop.simulator.clerk.RoleSets;
import io.github.bellhop.simulator.http.Routes;

/** The routes for role sets, and for the ownership of an organization's domain. */
final class OrganizationPartRoutes {
    private static final String ALL = "/role_sets";
    private static final String ONE = ALL + "/{id}";

    private final ClerkInstance instance;

    OrganizationPartRoutes(ClerkInstance instance) {
        this.instance = instance;
    }

    void addTo(Routes<Call> paths) {
        RoleSets sets = instance.roleSets();
        paths.post(
                        "/organizations/{id}/domains/{part}/verify_ownership",
                        call -> instance.domains()
                                .verifyOwnership(instance.organizations().id(call.id()), call.part()))
                .get(
                        ALL,
                        call -> Call.counted(sets.list(
                                call.page("name", "key"),
                                call.filter().search("query", "id", Filter.keys("name", "key")))))
                .post(ALL, call -> sets.create(call.body()))
                .get(ONE, call -> sets.get(call.id()))
                .patch(ONE, call -> sets.update(call.id(), call.body()))
                .post(ONE + "/replace", call -> sets.replace(call.id(), call.body()))
                .post(ONE + "/roles", call -> sets.addRoles(call.id(), call.body()))
                .post(ONE + "/roles/replace", call -> sets.replaceRole(call.id(), call.body()));
    }
}
