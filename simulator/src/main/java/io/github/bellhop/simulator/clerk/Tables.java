package io.github.bellhop.simulator.clerk;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Everything that is in an instance. An entity is kept in Clerk's shape, but other entities inside it by their id only:
 * {@link Views} puts them in.
 */
final class Tables {
    final Index usersByIdentifier = new Index(Tables::identifiers);
    final Index usersByIdentification = new Index(Tables::identifications);
    final Table users = new Table("user", usersByIdentifier, usersByIdentification);

    final Index organizationsBySlug = Index.at("/slug");
    final Table organizations = new Table("organization", organizationsBySlug);

    final Index membershipsByOrganization = Index.at("/organization/id");
    final Index membershipsByUser = Index.at("/public_user_data/user_id");
    final Index membershipsByRole = Index.at("/role");
    final Table memberships =
            new Table("organization membership", membershipsByOrganization, membershipsByUser, membershipsByRole);

    final Index invitationsByOrganization = Index.at("/organization_id");
    final Table invitations = new Table("organization invitation", invitationsByOrganization);

    final Index domainsByOrganization = Index.at("/organization_id");
    final Table domains = new Table("organization domain", domainsByOrganization);

    final Index rolesByKey = Index.at("/key");
    final Table roles = new Table("organization role", rolesByKey);

    final Index permissionsByKey = Index.at("/key");
    final Table permissions = new Table("organization permission", permissionsByKey);

    final Index sessionsByUser = Index.at("/user_id");
    final Index sessionsByClient = Index.at("/client_id");
    final Table sessions = new Table("session", sessionsByUser, sessionsByClient);

    final Index waitlistByEmail = Index.at("/email_address");
    final Table waitlist = new Table("waitlist entry", waitlistByEmail);
    final Table applicationInvitations = new Table("invitation");

    final Table emails = new Table("email");
    final Table messages = new Table("SMS message");

    final Index plansBySlug = Index.at("/slug");
    final Table plans = new Table("plan", plansBySlug);
    final Index payersByOwner = new Index(payer -> List.of(text(payer, "user_id") + text(payer, "organization_id")));
    final Table payers = new Table("payer", payersByOwner);
    final Index subscriptionsByPayer = Index.at("/payer_id");
    final Table subscriptions = new Table("subscription", subscriptionsByPayer);
    final Index itemsBySubscription = Index.at("/subscription_id");
    final Table items = new Table("subscription item", itemsBySubscription);
    final Index attemptsByPayer = Index.at("/payer/id");
    final Table attempts = new Table("payment attempt", attemptsByPayer);

    /** The text of a key; empty when there is none. */
    static String text(JsonNode entity, String key) {
        return entity.path(key).asString("");
    }

    /** How an identifier is found: only one user can have it, whatever its case. */
    static String identifier(String kind, String value) {
        return kind + " " + (kind.equals("external_id") ? value : value.toLowerCase(Locale.ROOT));
    }

    private static List<String> identifiers(ObjectNode user) {
        List<String> found = new ArrayList<>();
        for (Identification kind : Identification.values()) {
            user.path(kind.list()).forEach(each -> found.add(identifier(kind.key(), text(each, kind.key()))));
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
            user.path(kind.list()).forEach(each -> found.add(text(each, "id")));
        }
        return found;
    }
}
