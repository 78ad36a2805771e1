package io.github.bellhop.simulator.clerk.api;

import io.github.bellhop.simulator.clerk.ClerkError;
import io.github.bellhop.simulator.clerk.ClerkInstance;
import io.github.bellhop.simulator.clerk.Identifications;
import io.github.bellhop.simulator.clerk.Sessions;
import io.github.bellhop.simulator.clerk.Users;
import io.github.bellhop.simulator.http.ApiJson;
import io.github.bellhop.simulator.http.Routes;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The routes under {@code /users}, {@code /email_addresses}, {@code /phone_numbers} and {@code /sessions}. */
final class UserRoutes {
    private static final String[] ORDERS =
            "updated_at last_active_at last_sign_in_at email_address phone_number web3wallet username first_name last_name"
                    .split(" ", -1);

    private static final Set<String> SESSION_STATUSES =
            Set.of("abandoned", "active", "ended", "expired", "pending", "removed", "replaced", "revoked");

    private static final Function<ObjectNode, Stream<String>> EMAILS = each("email_addresses", "email_address");
    private static final Function<ObjectNode, Stream<String>> PHONES = each("phone_numbers", "phone_number");
    private static final Function<ObjectNode, Stream<String>> WALLETS = each("web3_wallets", "web3_wallet");
    private static final Function<ObjectNode, Stream<String>> USERNAME = Filter.keys("username");

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
                        call -> Call.array(users.list(call.pageWithCursor(ORDERS), users(call))
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
        return ApiJson.object().put("object", "total_count").put("total_count", users.count(users(call)));
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
            throw ClerkError.QUERY_MISSING.because(
                    "Either of the following query parameters must be provided: user_id, client_id.");
        }
        return call.arrayUnlessPaginated(
                sessions.list(call.page(), user, client, call.filter().oneOf("status", "/status", SESSION_STATUSES)));
    }

    /** Builds the filter for a list of users. */
    private Filter users(Call call) {
        return members(call)
                .related(
                        "organization_id",
                        (user, id) -> instance.memberships()
                                .exists(id, user.path("id").stringValue()))
                .flag("banned", user -> user.path("banned").asBoolean(false))
                .key("external_id", "external_id")
                .since("last_active_at")
                .times("last_sign_in_at")
                .and(ofAccounts(call));
    }

    /** Keeps users with one of the given accounts at the provider. The two parameters must be given together. */
    private static Predicate<ObjectNode> ofAccounts(Call call) {
        String provider = call.query("provider");
        List<String> ids = call.queryAll("provider_user_id");
        if (provider == null && ids.isEmpty()) {
            return user -> true;
        }
        if (provider == null || ids.isEmpty()) {
            String missing = provider == null ? "provider" : "provider_user_id";
            String present = provider == null ? "provider_user_id" : "provider";
            throw ClerkError.CONDITIONAL_MISSING.of(
                    missing, "`" + missing + "` is required when `" + present + "` is present.");
        }
        return user -> user.path("external_accounts")
                .valueStream()
                .anyMatch(account -> account.path("provider").asString("").equals(provider)
                        && ids.contains(account.path("provider_user_id").asString("")));
    }

    /** Builds the part of the filter that lists of users and lists of an organization's members have in common. */
    static Filter members(Call call) {
        return call.filter()
                .key("user_id", "id")
                .texts("email_address", EMAILS)
                .texts("phone_number", PHONES)
                .texts("web3_wallet", WALLETS)
                .texts("username", USERNAME)
                .search("query", UserRoutes::everything)
                .search("email_address_query", EMAILS)
                .search("phone_number_query", PHONES)
                .search("username_query", USERNAME)
                .search("name_query", UserRoutes::names)
                .times("last_active_at")
                .times("created_at");
    }

    private static Stream<String> everything(ObjectNode user) {
        Stream<String> others =
                Stream.of(EMAILS, PHONES, WALLETS, USERNAME, Filter.keys("id")).flatMap(texts -> texts.apply(user));
        return Stream.concat(names(user), others);
    }

    private static Stream<String> names(ObjectNode user) {
        return Stream.of(user.path("first_name").asString("") + " "
                + user.path("last_name").asString(""));
    }

    private static Function<ObjectNode, Stream<String>> each(String list, String key) {
        return user ->
                user.path(list).valueStream().map(element -> element.path(key).asString(""));
    }
}
