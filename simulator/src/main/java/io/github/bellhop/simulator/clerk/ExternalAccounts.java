package io.github.bellhop.simulator.clerk;

import io.github.bellhop.simulator.fixture.LinkedAccount;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The users' accounts at other services. Events carry a Google account otherwise than the Backend API answers with it,
 * and each names the other's id.
 */
public final class ExternalAccounts {
    private static final List<String> IDS = List.of("id", "identification_id", "external_account_id");

    private final Kernel kernel;
    private final Tables tables;
    private final Views views;

    ExternalAccounts(Kernel kernel, Tables tables, Views views) {
        this.kernel = kernel;
        this.tables = tables;
        this.views = views;
    }

    /**
     * Links a user's account at another service, by which the newest e-mail address is then verified; gives the user.
     *
     * @throws ClerkRefusedException when the user has one there already
     */
    public ObjectNode link(String userId, LinkedAccount account) {
        return kernel.locked(() -> {
            ObjectNode user = tables.users.get(userId);
            if (account.isLinkedTo(user)) {
                throw ClerkRefusedException.taken("external_account");
            }
            return views.user(UserChange.make(kernel, tables, user, changed -> kernel.link(changed, account)));
        });
    }

    /** Takes an account away from its user, by any of its ids; gives the user. */
    public ObjectNode unlink(String userId, String accountId) {
        return kernel.locked(() ->
                views.user(UserChange.make(kernel, tables, tables.users.get(userId), user -> remove(user, accountId))));
    }

    private static void remove(ObjectNode user, String accountId) {
        ArrayNode accounts = (ArrayNode) user.get("external_accounts");
        List<String> gone = new ArrayList<>();
        for (int i = accounts.size() - 1; i >= 0; i--) {
            List<String> ids = ids(accounts.get(i));
            if (ids.contains(accountId)) {
                accounts.remove(i);
                gone.addAll(ids);
            }
        }
        if (gone.isEmpty()) {
            throw ClerkRefusedException.notFound("external account", accountId);
        }
        for (JsonNode email : user.path("email_addresses")) {
            ((ArrayNode) email.get("linked_to")).removeIf(link -> gone.contains(Tables.text(link, "id")));
        }
    }

    private static List<String> ids(JsonNode account) {
        return IDS.stream()
                .filter(account::has)
                .map(key -> Tables.text(account, key))
                .toList();
    }
}
