package io.github.bellhop.simulator.clerk;

import io.github.bellhop.event.EventType;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** A change to a user, from the parameters of {@code PATCH /users/{id}}. */
final class UserChange {
    private static final Set<String> KNOWN = Set.of(
            "external_id",
            "first_name",
            "last_name",
            "locale",
            "primary_email_address_id",
            "notify_primary_email_address_changed",
            "primary_phone_number_id",
            "primary_web3_wallet_id",
            "username",
            "profile_image_id",
            "password",
            "password_digest",
            "password_hasher",
            "skip_password_checks",
            "sign_out_of_other_sessions",
            "totp_secret",
            "backup_codes",
            "delete_self_enabled",
            "create_organization_enabled",
            "legal_accepted_at",
            "skip_legal_checks",
            "create_organizations_limit",
            "created_at",
            "bypass_client_trust",
            "public_metadata",
            "private_metadata",
            "unsafe_metadata");

    private final Tables tables;
    private final Params params;
    private final long now;

    UserChange(Tables tables, ObjectNode given, long now) {
        this.tables = tables;
        this.params = Params.of(given, KNOWN);
        this.now = now;
    }

    /** Changes a user and tells of it, unless nothing in it was changed; gives the user as it is kept. */
    static ObjectNode make(Kernel kernel, Tables tables, ObjectNode user, Consumer<ObjectNode> change) {
        return kernel.change(tables.users, user, change, changed -> kernel.emit(EventType.USER_UPDATED, changed));
    }

    void applyTo(ObjectNode user) {
        applyNames(user, params, tables);
        for (Identification kind : Identification.values()) {
            String primary = params.text(kind.primary());
            if (primary != null) {
                requireOwn(user, kind, primary);
                user.put(kind.primary(), primary);
            }
        }
        if (params.text("password") != null || params.text("password_digest") != null) {
            user.put("password_enabled", true).put("password_last_updated_at", now);
        }
        Metadata.replace(user, params, Metadata.OF_A_USER);
    }

    boolean signsOut() {
        return params.flag("sign_out_of_other_sessions", false);
    }

    private static void requireOwn(ObjectNode user, Identification kind, String id) {
        for (JsonNode each : user.path(kind.list())) {
            if (Tables.text(each, "id").equals(id)) {
                return;
            }
        }
        throw ClerkRefusedException.notFound(kind.key().replace('_', ' '), id);
    }

    /** What can be given at the creation and later alike. */
    static void applyNames(ObjectNode user, Params params, Tables tables) {
        for (String identifier : List.of("username", "external_id")) {
            String value = params.text(identifier);
            if (value != null) {
                requireFree(tables, user, identifier, value);
            }
        }
        params.copyTexts(user, "external_id", "first_name", "last_name", "locale", "username");
        params.copyFlags(user, "delete_self_enabled", "create_organization_enabled", "bypass_client_trust");
        params.copyTimes(user, "legal_accepted_at", "created_at");
        Long organizations = params.number("create_organizations_limit");
        if (organizations != null) {
            user.put("create_organizations_limit", organizations);
        }
    }

    /** Refuses an identifier that is another user's. */
    static void requireFree(Tables tables, ObjectNode user, String kind, String value) {
        ObjectNode owner = tables.usersByIdentifier.first(Tables.identifier(kind, value));
        if (owner != null && !owner.path("id").equals(user.path("id"))) {
            throw ClerkRefusedException.taken(kind);
        }
    }
}
