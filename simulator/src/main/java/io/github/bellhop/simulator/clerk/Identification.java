package io.github.bellhop.simulator.clerk;

import java.util.function.Supplier;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.MissingNode;
import tools.jackson.databind.node.ObjectNode;

/** A kind of identifier that a user signs in with. A user can have several of each kind. */
enum Identification {
    /** An e-mail address. */
    EMAIL_ADDRESS("email_address", "email_addresses", "email", "[^@\\s]+@[^@\\s]+\\.[^@\\s.]+"),
    /** A phone number in E.164 format. */
    PHONE_NUMBER("phone_number", "phone_numbers", "phone", "\\+[1-9]\\d{6,14}"),
    /** A wallet. */
    WEB3_WALLET("web3_wallet", "web3_wallets", "wallet", "0x[0-9a-fA-F]{40}");

    /** The key of the identifier's value, which is also the parameter's name. */
    final String key;

    /** The key of the user's list of identifiers of this kind. */
    final String list;

    /** The name of the identifier's id in the template. */
    final String role;

    /** The name of users' primary identifiers of this kind in {@code order_by}. */
    final String order;

    private final Pattern format;

    Identification(String key, String list, String role, String format) {
        this.key = key;
        this.list = list;
        this.role = role;
        this.order = key.equals("web3_wallet") ? "web3wallet" : key;
        this.format = Pattern.compile(format);
    }

    /** The key of the primary identifier's id. */
    String primary() {
        return "primary_" + key + "_id";
    }

    /** The name of the parameter that sets the statuses of a new user's identifiers. */
    String statuses() {
        return key + "_identification_status";
    }

    String template() {
        return key.replace('_', '-');
    }

    /** The user's primary identifier of this kind; a missing node if the user has no such identifier. */
    JsonNode primaryOf(JsonNode user) {
        return user.path(list)
                .valueStream()
                .filter(each -> each.path("id").equals(user.path(primary())))
                .findFirst()
                .orElse(MissingNode.getInstance());
    }

    /** Returns the user's identifier with this id; throws if the user has no such identifier. */
    ObjectNode find(JsonNode user, String id) {
        return find(user, id, () -> notFound(id));
    }

    private ObjectNode find(JsonNode user, String id, Supplier<ClerkRefusedException> missing) {
        return user.path(list)
                .valueStream()
                .filter(each -> Tables.text(each, "id").equals(id))
                .findFirst()
                .map(ObjectNode.class::cast)
                .orElseThrow(missing);
    }

    /** Returns the user's identifier that a parameter refers to; throws if the user has no such identifier. */
    ObjectNode findGiven(JsonNode user, String id) {
        return find(
                user,
                id,
                () -> ClerkError.RESOURCE_MISSING.of(
                        primary(), "The resource associated with the supplied " + primary() + " was not found."));
    }

    /** Throws if an identifier that a parameter would make primary is not verified. */
    void requireVerified(JsonNode element, String parameter) {
        if (!isVerified(element)) {
            throw ClerkError.VERIFICATION_NEEDED.of(
                    parameter, "This identification needs to be verified before you can perform this action.");
        }
    }

    static boolean isVerified(JsonNode element) {
        return element.at("/verification/status").asString("").equals("verified");
    }

    ClerkRefusedException notFound(String id) {
        return ClerkRefusedException.notFound(key.replace('_', ' '), id);
    }

    boolean accepts(String value) {
        return format.matcher(value).matches();
    }
}
