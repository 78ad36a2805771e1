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
 * The users' accounts at other services. Events and the Backend API show a Google account in different shapes and under
 * different ids. Each shape also contains the other id.
 */
public final class ExternalAccounts {
    private final Users users;

    ExternalAccounts(Users users) {
        this.users = users;
    }

    /**
     * Links an account at another service to a user, and marks the user's newest e-mail address as verified. Returns
     * the user.
     *
     * @throws ClerkRefusedException if the user already has an account at that service
     */
    public ObjectNode link(String userId, LinkedAccount account) {
        return users.change(userId, user -> {
            if (account.isLinkedTo(user)) {
                throw ClerkRefusedException.taken("external_account");
            }
            Shapes.link(user, account, Instant.ofEpochMilli(users.kernel.now()));
        });
    }

    /** Unlinks an account, which is identified by any of its ids. Returns the user. */
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
