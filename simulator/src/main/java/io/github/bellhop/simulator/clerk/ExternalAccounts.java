package io.github.bellhop.simulator.clerk;

import io.github.bellhop.simulator.fixture.LinkedAccount;
import io.github.bellhop.simulator.fixture.Shapes;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The users' accounts at other services. Events carry a Google account otherwise than the Backend API answers with it,
 * and each names the other's id.
 */
public final class ExternalAccounts {
    private final Users users;

    ExternalAccounts(Users users) {
        this.users = users;
    }

    /**
     * Links a user's account at another service, by which the newest e-mail address is then verified; gives the user.
     *
     * @throws ClerkRefusedException when the user has one there already
     */
    public ObjectNode link(String userId, LinkedAccount account) {
        return users.change(userId, user -> {
            if (account.isLinkedTo(user)) {
                throw ClerkRefusedException.taken("external_account");
            }
            Shapes.link(user, account, Instant.ofEpochMilli(users.kernel.now()));
        });
    }

    /** Takes an account away from its user, by any of its ids; gives the user. */
    public ObjectNode unlink(String userId, String accountId) {
        return users.change(userId, user -> remove(user, accountId));
    }

    private static void remove(ObjectNode user, String accountId) {
        ArrayNode accounts = (ArrayNode) user.get("external_accounts");
        List<String> gone = accounts.valueStream()
                .map(ExternalAccounts::ids)
                .filter(ids -> ids.contains(accountId))
                .flatMap(List::stream)
                .toList();
        if (gone.isEmpty()) {
            throw ClerkRefusedException.notFound("external account", accountId);
        }
        accounts.removeIf(account -> ids(account).contains(accountId));
        for (JsonNode email : user.path("email_addresses")) {
            ((ArrayNode) email.get("linked_to")).removeIf(link -> gone.contains(Tables.text(link, "id")));
        }
    }

    private static List<String> ids(JsonNode account) {
        return Stream.of("id", "identification_id", "external_account_id")
                .filter(account::has)
                .map(key -> Tables.text(account, key))
                .toList();
    }
}
