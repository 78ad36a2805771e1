package io.github.bellhop.simulator.clerk;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * All tables of an instance. An entity is stored in Clerk's shape, but refers to other entities only by id;
 * {@link Views} inserts those entities.
 */
final class Tables {
    final Table.Index usersByIdentifier = new Table.Index(Tables::identifiers);
    final Table.Index usersByIdentification = new Table.Index(Tables::identifications);
    final Table users = new Table("user", usersByIdentifier, usersByIdentification);

    final Table verifications = new Table("verification");

    final Table.Index organizationsBySlug = Table.Index.at("/slug");
    final Table organizations = new Table("organization", organizationsBySlug);

    final Table.Index membershipsByOrganization = Table.Index.at("/organization/id");
    final Table.Index membershipsByUser = Table.Index.at("/public_user_data/user_id");
    final Table.Index membershipsByRole = Table.Index.at("/role");
    final Table memberships =
            new Table("organization membership", membershipsByOrganization, membershipsByUser, membershipsByRole);

    final Table.Index invitationsByOrganization = Table.Index.at("/organization_id");
    final Table invitations = new Table("organization invitation", invitationsByOrganization);

    final Table.Index domainsByOrganization = Table.Index.at("/organization_id");
    final Table.Index domainsByName = Table.Index.at("/name");
    final Table domains = new Table("organization domain", domainsByOrganization, domainsByName);

    final Table.Index rolesByKey = Table.Index.at("/key");
    final Table roles = new Table("organization role", rolesByKey);

    final Table.Index roleSetsByKey = Table.Index.at("/key");
    final Table roleSets = new Table("role set", roleSetsByKey);

    final Table.Index permissionsByKey = Table.Index.at("/key");
    final Table permissions = new Table("organization permission", permissionsByKey);

    final Table.Index sessionsByUser = Table.Index.at("/user_id");
    final Table.Index sessionsByClient = Table.Index.at("/client_id");
    final Table sessions = new Table("session", sessionsByUser, sessionsByClient);

    final Table.Index waitlistByEmail = Table.Index.at("/email_address");
    final Table waitlist = new Table("waitlist entry", waitlistByEmail);
    final Table.Index applicationInvitationsByEmail = new Table.Index(
            invitation -> List.of(text(invitation, "email_address").toLowerCase(Locale.ROOT)));
    final Table applicationInvitations = new Table("invitation", applicationInvitationsByEmail);

    final Table.Index plansBySlug = Table.Index.at("/slug");
    final Table plans = new Table("plan", plansBySlug);
    final Table prices = new Table("price");
    final Table.Index creditsByPayer = Table.Index.at("/payer_id");
    final Table credits = new Table("credit", creditsByPayer);
    final Table.Index payersByOwner =
            new Table.Index(payer -> List.of(text(payer, "user_id") + text(payer, "organization_id")));
    final Table payers = new Table("payer", payersByOwner);
    final Table.Index subscriptionsByPayer = Table.Index.at("/payer_id");
    final Table subscriptions = new Table("subscription", subscriptionsByPayer);
    final Table.Index itemsBySubscription = Table.Index.at("/subscription_id");
    final Table items = new Table("subscription item", itemsBySubscription);
    final Table.Index attemptsByPayer = Table.Index.at("/payer/id");
    final Table attempts = new Table("payment attempt", attemptsByPayer);

    /** The string at a key; empty if the key is missing. */
    static String text(JsonNode entity, String key) {
        return entity.path(key).asString("");
    }

    /** The string at a JSON pointer. The string must exist. */
    static String place(JsonNode entity, String pointer) {
        return entity.at(pointer).stringValue();
    }

    /** The index key of an identifier. An identifier belongs to at most one user, regardless of case. */
    static String identifier(String kind, String value) {
        return kind + " " + (kind.equals("external_id") ? value : value.toLowerCase(Locale.ROOT));
    }

    private static List<String> identifiers(ObjectNode user) {
        List<String> found = new ArrayList<>();
        for (Identification kind : Identification.values()) {
            user.path(kind.list).forEach(each -> found.add(identifier(kind.key, text(each, kind.key))));
        }
        for (String kind : List.of("username", "external_id")) {
            if (user.path(kind).isString()) {
                found.add(identifier(kind, text(user, kind)));
            }
        }
        return found;
    }

    private static List<String> identifications(ObjectNode user) {
        List<String> found = new ArrayList<>();
        for (Identification kind : Identification.values()) {
            user.path(kind.list).forEach(each -> found.add(text(each, "id")));
        }
        return found;
    }
}
