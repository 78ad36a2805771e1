package io.github.bellhop.simulator.clerk;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The users' e-mail addresses, phone numbers or web3 wallets. Each is part of its user, so a change to it emits
 * {@code user.updated}.
 */
public final class Identifications {
    private static final Set<String> REPLACEMENT_STATUSES = Set.of("verified", "reserved", "unverified");

    /** The parameter that requests that the former primary e-mail address be notified of the new one. */
    static final String NOTIFY = "notify_primary_email_address_changed";

    private static final String SECOND_FACTOR = "reserved_for_second_factor";

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

    private Set<String> known(String... more) {
        Set<String> known = new HashSet<>(List.of(more));
        known.add("verified");
        known.add("primary");
        if (kind == Identification.EMAIL_ADDRESS) {
            known.add(NOTIFY);
        }
        if (kind == Identification.PHONE_NUMBER) {
            known.add(SECOND_FACTOR);
        }
        return known;
    }

    /** The identifier with this id. */
    public ObjectNode get(String id) {
        return kernel.locked(() -> kind.find(owner(id), id).deepCopy());
    }

    /** Adds an identifier to the user in the parameter {@code user_id}; it comes first in the user's list. */
    public ObjectNode create(ObjectNode given) {
        Params params = Params.of(given, known("user_id", kind.key));
        return kernel.locked(() -> {
            ObjectNode user = tables.users.get(params.requiredText("user_id"));
            ObjectNode added = element(kernel, user, kind, params.requiredText(kind.key));
            verify(added, params.flag("verified", false));
            if (params.flag(SECOND_FACTOR, false) && !Identification.isVerified(added)) {
                throw ClerkError.SECOND_FACTOR_CREATE.because("Unverified identifications cannot be a second factor");
            }
            change(user, params, changed -> {
                ((ArrayNode) changed.get(kind.list)).insert(0, added);
                apply(params, changed, added);
            });
            return added.deepCopy();
        });
    }

    /** Changes whether an identifier is verified or primary. */
    public ObjectNode update(String id, ObjectNode given) {
        Params params = Params.of(given, known());
        return kernel.locked(() -> {
            change(owner(id), params, user -> {
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

    private void change(ObjectNode user, Params params, Consumer<ObjectNode> change) {
        users.change(user, change);
        if (params.flag(NOTIFY, false)) {
            users.mail.primaryAddressChanged(user, tables.users.get(Tables.text(user, "id")));
        }
    }

    /** Removes an identifier from its user and returns its deletion object. */
    public ObjectNode delete(String id) {
        return kernel.locked(() -> {
            ObjectNode gone = get(id);
            if (!gone.path("linked_to").isEmpty()) {
                throw ClerkError.LINKED.because("This email address is linked to one or more Connected Accounts."
                        + " Remove the Connected Account before deleting this email address.");
            }
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

    /** Removes an identifier of this user and returns its deletion object. */
    public ObjectNode delete(String userId, String id) {
        return kernel.locked(() -> {
            kind.find(tables.users.get(userId), id);
            return delete(id);
        });
    }

    /**
     * Replaces all of a user's identifiers of this kind with a new one, which becomes the primary identifier.
     *
     * @throws ClerkRefusedException if a linked account needs one of the old identifiers, or the new one belongs to
     *     another user
     */
    public ObjectNode replace(String userId, ObjectNode given) {
        Params params = Params.of(
                given,
                kind == Identification.EMAIL_ADDRESS
                        ? Set.of(kind.key, "identification_status", NOTIFY)
                        : Set.of(kind.key, "identification_status"));
        return kernel.locked(() -> {
            ObjectNode user = tables.users.get(userId);
            ObjectNode replacement = replacement(user, params);
            if (user.path(kind.list)
                    .valueStream()
                    .anyMatch(each -> !each.path("linked_to").isEmpty())) {
                throw ClerkError.LINKED.because(
                        "Remove the connected account before you replace the identifier that it is linked to.");
            }
            change(user, params, changed -> {
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
        String status = params.oneOf("identification_status", REPLACEMENT_STATUSES);
        replacement.put("reserved", "reserved".equals(status));
        verify(replacement, status == null || status.equals("verified"));
        return replacement;
    }

    Identification kind() {
        return kind;
    }

    /** Marks an identifier as verified by a code, unless it is already verified. */
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
        if (params.has(SECOND_FACTOR)) {
            applySecondFactor(user, part, params.flag(SECOND_FACTOR, false));
        }
        boolean onlyOne = user.path(kind.primary()).isNull() && Identification.isVerified(part);
        if (params.flag("primary", false) || onlyOne) {
            kind.requireVerified(part, "primary");
            user.set(kind.primary(), part.get("id"));
        }
    }

    /** The first phone number that becomes a second factor is the default second factor. */
    private void applySecondFactor(ObjectNode user, ObjectNode part, boolean wanted) {
        if (wanted && !Identification.isVerified(part)) {
            throw ClerkError.SECOND_FACTOR_UPDATE.because(
                    "Cannot update second factor attributes for unverified identification");
        }
        if (wanted && isOnlyIdentifier(user)) {
            throw ClerkError.LAST_IDENTIFICATION.because("You cannot set your last identification as second factor.");
        }
        boolean other = user.path(kind.list)
                .valueStream()
                .anyMatch(each -> !each.path("id").equals(part.path("id"))
                        && each.path("default_second_factor").asBoolean(false));
        part.put(SECOND_FACTOR, wanted).put("default_second_factor", wanted && !other);
    }

    private static boolean isOnlyIdentifier(ObjectNode user) {
        return user.path("username").isNull()
                && Stream.of(Identification.values())
                                .mapToInt(kind -> user.path(kind.list).size())
                                .sum()
                        == 1;
    }

    /** The user to whom the identifier with this id belongs. */
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
