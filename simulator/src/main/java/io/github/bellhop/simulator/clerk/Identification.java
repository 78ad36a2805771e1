package io.github.bellhop.simulator.clerk;

import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.MissingNode;
import tools.jackson.databind.node.ObjectNode;

/** What a user can be recognised by, of which one user can have several. */
enum Identification {
    /** An e-mail address. */
    EMAIL_ADDRESS("email_address", "email_addresses", "email", "[^@\\s]+@[^@\\s]+\\.[^@\\s.]+"),
    /** A phone number, in E.164. */
    PHONE_NUMBER("phone_number", "phone_numbers", "phone", "\\+[1-9]\\d{6,14}"),
    /** A wallet. */
    WEB3_WALLET("web3_wallet", "web3_wallets", "wallet", "\\S{8,}");

    /** The key of its value, which is its name among the parameters too. */
    final String key;

    /** The key of a user's list of them. */
    final String list;

    /** What its id is called in its template. */
    final String role;

    private final Pattern format;

    Identification(String key, String list, String role, String format) {
        this.key = key;
        this.list = list;
        this.role = role;
        this.format = Pattern.compile(format);
    }

    /** The key of the id of the one that stands for the user. */
    String primary() {
        return "primary_" + key + "_id";
    }

    /** The key by which it is created as not verified. */
    String statuses() {
        return key + "_identification_status";
    }

    String template() {
        return key.replace('_', '-');
    }

    /** The one that stands for a user; a missing node when there is none. */
    JsonNode primaryOf(JsonNode user) {
        return user.path(list)
                .valueStream()
                .filter(each -> each.path("id").equals(user.path(primary())))
                .findFirst()
                .orElse(MissingNode.getInstance());
    }

    /** A user's one of an id; refuses an id that is none of the user's. */
    ObjectNode find(JsonNode user, String id) {
        return user.path(list)
                .valueStream()
                .filter(each -> Tables.text(each, "id").equals(id))
                .findFirst()
                .map(ObjectNode.class::cast)
                .orElseThrow(() -> notFound(id));
    }

    ClerkRefusedException notFound(String id) {
        return ClerkRefusedException.notFound(key.replace('_', ' '), id);
    }

    boolean accepts(String value) {
        return format.matcher(value).matches();
    }
}
