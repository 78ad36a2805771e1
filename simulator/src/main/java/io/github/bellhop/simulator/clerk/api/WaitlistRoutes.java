package io.github.bellhop.simulator.clerk.api;

import io.github.bellhop.simulator.clerk.ClerkInstance;
import io.github.bellhop.simulator.clerk.Waitlist;
import io.github.bellhop.simulator.http.ApiJson;
import io.github.bellhop.simulator.http.ApiRequest;
import io.github.bellhop.simulator.http.ApiResponse;
import io.github.bellhop.simulator.http.Routes;
import tools.jackson.databind.node.ArrayNode;

/** {@code /waitlist_entries}. */
final class WaitlistRoutes {
    private static final String ALL = "/waitlist_entries";
    private static final String ONE = ALL + "/{id}";

    private final Waitlist waitlist;

    WaitlistRoutes(ClerkInstance instance) {
        this.waitlist = instance.waitlist();
    }

    void addTo(Routes routes) {
        routes.on("GET", ALL, this::list)
                .on("POST", ALL, request -> ApiResponse.ok(waitlist.create(Bodies.object(request))))
                .on("POST", ALL + "/bulk", this::createAll)
                .on("POST", ONE + "/invite", request -> ApiResponse.ok(waitlist.invite(request.variable("id"))))
                .on("POST", ONE + "/reject", request -> ApiResponse.ok(waitlist.reject(request.variable("id"))))
                .on("DELETE", ONE, request -> ApiResponse.ok(waitlist.delete(request.variable("id"))));
    }

    private ApiResponse list(ApiRequest request) {
        return Bodies.counted(waitlist.list(
                ListQuery.of(request, "email_address", "invited_at"),
                Filter.of(request)
                        .text("status", "/status")
                        .search("query", Filter.keys("email_address"))
                        .toPredicate()));
    }

    private ApiResponse createAll(ApiRequest request) {
        ArrayNode created = ApiJson.array();
        Bodies.objects(request).forEach(each -> created.add(waitlist.create(each)));
        return ApiResponse.ok(created);
    }
}
