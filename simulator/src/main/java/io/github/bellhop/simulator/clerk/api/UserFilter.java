package io.github.bellhop.simulator.clerk.api;

import io.github.bellhop.simulator.clerk.ClerkRefusedException;
import io.github.bellhop.simulator.clerk.Memberships;
import java.util.function.Function;
import java.util.stream.Stream;
import tools.jackson.databind.node.ObjectNode;

/** Which users a request asks for. */
final class UserFilter {
    private static final int MOST_IDS = 100;
    private static final Function<ObjectNode, Stream<String>> EMAILS = each("email_addresses", "email_address");
    private static final Function<ObjectNode, Stream<String>> PHONES = each("phone_numbers", "phone_number");
    private static final Function<ObjectNode, Stream<String>> WALLETS = each("web3_wallets", "web3_wallet");
    private static final Function<ObjectNode, Stream<String>> USERNAME = Filter.keys("username");

    private UserFilter() {}

    static Filter of(Call call, Memberships memberships) {
        return ofMember(call)
                .related(
                        "organization_id",
                        (user, id) -> memberships.exists(id, user.path("id").stringValue()))
                .flag("banned", user -> user.path("banned").asBoolean(false))
                .times("created_at");
    }

    /** The same for the members of an organization: there the time of creation is that of the membership. */
    static Filter ofMember(Call call) {
        if (call.request().queryAll("user_id").size() > MOST_IDS) {
            throw ClerkRefusedException.invalid("user_id", "user_id can be given " + MOST_IDS + " times at most.");
        }
        return call.filter()
                .key("user_id", "id")
                .key("external_id", "external_id")
                .texts("email_address", EMAILS)
                .texts("phone_number", PHONES)
                .texts("web3_wallet", WALLETS)
                .texts("username", USERNAME)
                .search("query", UserFilter::everything)
                .search("email_address_query", EMAILS)
                .search("phone_number_query", PHONES)
                .search("username_query", USERNAME)
                .search("name_query", UserFilter::names)
                .times("last_active_at")
                .since("last_active_at")
                .times("last_sign_in_at");
    }

    private static Stream<String> everything(ObjectNode user) {
        Stream<String> others = Stream.of(EMAILS, PHONES, WALLETS, USERNAME, Filter.keys("id", "external_id"))
                .flatMap(texts -> texts.apply(user));
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
