package io.github.bellhop.simulator.clerk;

import java.util.List;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The users' e-mail addresses, phone numbers or web3 wallets. Each is part of its user, so a change to it emits
 * {@code user.updated}.
 */
public final class Identifications {
    private static final Set<String> REPLACEMENT_STATUSES = Set.of("verified", "reserved", "unverified");
    private static final Set<String> OF_UPDATE = Params.names("verified primary reserved_for_second_factor");
    private static final Set<String> OF_CREATION =
            Params.names("user_id email_address phone_number web3_wallet verified primary reserved_for_second_factor");

    private final Users users;
    private final Kernel kernel;
    private final Tables tables;
    private final Identification kind;

    Identifications(Users users, Identification kind) {
        this.users = users;
        this.kernel = users.kernel;
        this.tables = users.tables;
        this.kind = kind;
    }

    /** The identifier with this id. */
    public ObjectNode get(String id) {
        return kernel.locked(() -> kind.find(owner(id), id).deepCopy());
    }

    /** Adds an identifier to the user in the parameter {@code user_id}; it comes first in the user's list. */
    public ObjectNode create(ObjectNode given) {
        Params params = Params.of(given, OF_CREATION);
        return kernel.locked(() -> {
            ObjectNode user = tables.users.get(params.requiredText("user_id"));
            ObjectNode added = element(kernel, user, kind, params.requiredText(kind.key));
            verify(added, params.flag("verified", false));
            users.change(user, changed -> {
                ((ArrayNode) changed.get(kind.list)).insert(0, added);
                apply(params, changed, added);
            });
            return added.deepCopy();
        });
    }

    /** Changes whether an identifier is verified or primary. */
    public ObjectNode update(String id, ObjectNode given) {
        Params params = Params.of(given, OF_UPDATE);
        return kernel.locked(() -> {
            users.change(owner(id), user -> {
                ObjectNode part = kind.find(user, id);
                JsonNode before = part.deepCopy();
                if (params.has("verified")) {
                    verify(part, params.flag("verified", true));
                }
                apply(params, user, part);
                if (!part.equals(before)) {
                    part.put("updated_at", kernel.now());
                }
            });
            return get(id);
        });
    }

    /** Removes an identifier from its user and returns its deleted form. */
    public ObjectNode delete(String id) {
        return kernel.locked(() -> {
            ObjectNode gone = get(id);
            users.change(owner(id), user -> {
                ((ArrayNode) user.get(kind.list))
                        .removeIf(each -> Tables.text(each, "id").equals(id));
                if (Tables.text(user, kind.primary()).equals(id)) {
                    user.putNull(kind.primary());
                }
            });
            return Views.deleted(gone);
        });
    }

    /** Removes an identifier of this user and returns its deleted form. */
    public ObjectNode delete(String userId, String id) {
        return kernel.locked(() -> {
            kind.find(tables.users.get(userId), id);
            return delete(id);
        });
    }

    /**
     * Replaces all of a user's identifiers of this kind by one, which becomes the primary one.
     *
     * @throws ClerkRefusedException if a linked account needs one of them, or another user has the new one
     */
    public ObjectNode replace(String userId, ObjectNode given) {
        Params params = Params.of(
                given,
                kind == Identification.EMAIL_ADDRESS
                        ? Set.of(kind.key, "identification_status", "notify_primary_email_address_changed")
                        : Set.of(kind.key, "identification_status"));
        return kernel.locked(() -> {
            ObjectNode user = tables.users.get(userId);
            ObjectNode replacement = replacement(user, params);
            if (user.path(kind.list)
                    .valueStream()
                    .anyMatch(each -> !each.path("linked_to").isEmpty())) {
                throw ClerkRefusedException.of(
                        400,
                        "delete_linked_identification_disallowed",
                        "Deleting a linked email address is not allowed",
                        "Remove the connected account before you replace the identifier that it is linked to.");
            }
            users.change(user, changed -> {
                changed.putArray(kind.list).add(replacement);
                changed.set(kind.primary(), replacement.get("id"));
                SecondFactors.settle(changed, kernel.now());
            });
            return replacement.deepCopy();
        });
    }

    private ObjectNode replacement(ObjectNode user, Params params) {
        String value = params.requiredText(kind.key);
        ObjectNode owner = tables.usersByIdentifier.first(Tables.identifier(kind.key, value));
        boolean own = owner != null && owner.path("id").equals(user.path("id"));
        ObjectNode replacement = own ? fresh(kernel, user, kind, value) : element(kernel, user, kind, value);
        String status = params.text("identification_status");
        if (status != null && !REPLACEMENT_STATUSES.contains(status)) {
            throw ClerkRefusedException.invalid(
                    "identification_status", "identification_status must be verified, reserved or unverified.");
        }
        params.flag("notify_primary_email_address_changed", false);
        replacement.put("reserved", "reserved".equals(status));
        verify(replacement, status == null || status.equals("verified"));
        return replacement;
    }

    Identification kind() {
        return kind;
    }

    /** Marks an identifier as verified by a code, unless it is verified already. */
    void verified(String id, ObjectNode byCode) {
        users.change(owner(id), user -> {
            ObjectNode part = kind.find(user, id);
            if (!part.at("/verification/status").asString("").equals("verified")) {
                ObjectNode verification = part.putObject("verification");
                for (String key : List.of("object", "status", "strategy", "attempts", "expire_at")) {
                    verification.set(key, byCode.get(key));
                }
                part.put("reserved", false).put("updated_at", kernel.now());
            }
        });
    }

    private void apply(Params params, ObjectNode user, ObjectNode part) {
        if (kind == Identification.PHONE_NUMBER) {
            params.copyFlags(part, "reserved_for_second_factor");
        }
        boolean onlyOne =
                user.path(kind.primary()).isNull() && part.path("verification").isObject();
        if (params.flag("primary", false) || onlyOne) {
            user.set(kind.primary(), part.get("id"));
        }
    }

    /** The user who has the identifier with this id. */
    ObjectNode owner(String id) {
        ObjectNode owner = tables.usersByIdentification.first(id);
        if (owner == null) {
            throw kind.notFound(id);
        }
        kind.find(owner, id);
        return owner;
    }

    /** A new identifier that is not attached to a user yet, verified by an administrator. */
    static ObjectNode element(Kernel kernel, ObjectNode user, Identification kind, String value) {
        if (!kind.accepts(value)) {
            throw ClerkRefusedException.invalid(
                    kind.key, kind.key + " must be a valid " + kind.key.replace('_', ' ') + ".");
        }
        if (kernel.tables.usersByIdentifier.first(Tables.identifier(kind.key, value)) != null) {
            throw ClerkRefusedException.taken(kind.key);
        }
        return fresh(kernel, user, kind, value);
    }

    private static ObjectNode fresh(Kernel kernel, ObjectNode user, Identification kind, String value) {
        ObjectNode element =
                kernel.shape(kind.template(), Tables.text(user, "id"), Map.of(kind.role, kernel.newId("idn")));
        element.put(kind.key, value);
        verify(element, true);
        return element;
    }

    private static void verify(ObjectNode part, boolean verified) {
        if (verified) {
            part.putObject("verification")
                    .put("object", "verification_admin")
                    .put("status", "verified")
                    .put("strategy", "admin")
                    .putNull("attempts")
                    .putNull("expire_at");
        } else {
            part.putNull("verification");
        }
    }
}
