package io.github.bellhop.simulator.clerk.api;

import io.github.bellhop.simulator.clerk.ClerkInstance;
import io.github.bellhop.simulator.clerk.ClerkRefusedException;
import io.github.bellhop.simulator.clerk.Identifications;
import io.github.bellhop.simulator.clerk.Sessions;
import io.github.bellhop.simulator.clerk.Users;
import io.github.bellhop.simulator.http.ApiJson;
import io.github.bellhop.simulator.http.Routes;
import tools.jackson.databind.JsonNode;

/** {@code /users}, {@code /email_addresses}, {@code /phone_numbers} and {@code /sessions}. */
final class UserRoutes {
    private static final String[] ORDERS =
            "updated_at last_active_at last_sign_in_at email_address phone_number web3_wallet username first_name last_name"
                    .split(" ", -1);

    private final ClerkInstance instance;
    private final Users users;
    private final Sessions sessions;

    UserRoutes(ClerkInstance instance) {
        this.instance = instance;
        this.users = instance.users();
        this.sessions = instance.sessions();
    }

    void addTo(Routes<Call> paths) {
        paths.get(
                        "/users",
                        call -> Call.array(
                                users.list(call.pageWithCursor(ORDERS), UserFilter.of(call, instance.memberships()))
                                        .rows()))
                .post("/users", call -> users.create(call.body()))
                .get("/users/count", this::count)
                .get("/users/{id}", call -> users.get(call.id()))
                .patch("/users/{id}", call -> users.update(call.id(), call.bodyWithoutMetadata()))
                .delete("/users/{id}", call -> users.delete(call.id()))
                .patch("/users/{id}/metadata", call -> users.mergeMetadata(call.id(), call.body()))
                .put("/users/{id}/metadata", call -> users.replaceMetadata(call.id(), call.body()))
                .post("/users/{id}/ban", call -> users.ban(call.id()))
                .post("/users/{id}/unban", call -> users.unban(call.id()))
                .post("/users/{id}/lock", call -> users.lock(call.id()))
                .post("/users/{id}/unlock", call -> users.unlock(call.id()))
                .delete("/users/{id}/external_accounts/{part}", this::unlink)
                .get(
                        "/users/{id}/organization_memberships",
                        call -> Call.counted(instance.memberships().listOfUser(call.id(), call.page())))
                .get("/sessions", this::sessions)
                .post("/sessions", call -> sessions.create(call.body()))
                .get("/sessions/{id}", call -> sessions.get(call.id()))
                .post("/sessions/{id}/revoke", call -> sessions.revoke(call.id()));
        addIdentifications(paths, "/email_addresses", instance.emailAddresses());
        addIdentifications(paths, "/phone_numbers", instance.phoneNumbers());
    }

    private static void addIdentifications(Routes<Call> paths, String path, Identifications identifications) {
        paths.post(path, call -> identifications.create(call.body()))
                .get(path + "/{id}", call -> identifications.get(call.id()))
                .patch(path + "/{id}", call -> identifications.update(call.id(), call.body()))
                .delete(path + "/{id}", call -> identifications.delete(call.id()));
    }

    private JsonNode count(Call call) {
        return ApiJson.object()
                .put("object", "total_count")
                .put("total_count", users.count(UserFilter.of(call, instance.memberships())));
    }

    private JsonNode unlink(Call call) {
        String account = call.part();
        instance.externalAccounts().unlink(call.id(), account);
        return ApiJson.object()
                .put("object", "external_account")
                .put("id", account)
                .put("deleted", true);
    }

    private JsonNode sessions(Call call) {
        String user = call.query("user_id");
        String client = call.query("client_id");
        if (user == null && client == null) {
            throw ClerkRefusedException.missing("user_id");
        }
        return call.arrayUnlessPaginated(
                sessions.list(call.page(), user, client, call.filter().text("status", "/status")));
    }
}
