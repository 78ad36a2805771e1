package io.github.bellhop.simulator.clerk;

import java.util.List;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** A user in the making, from the parameters of {@code POST /users}. */
final class UserDraft {
    private static final Set<String> KNOWN = Set.of(
            "external_id",
            "first_name",
            "last_name",
            "locale",
            "email_address",
            "email_address_identification_status",
            "phone_number",
            "phone_number_identification_status",
            "web3_wallet",
            "username",
            "password",
            "password_digest",
            "password_hasher",
            "skip_password_checks",
            "skip_password_requirement",
            "totp_secret",
            "backup_codes",
            "public_metadata",
            "private_metadata",
            "unsafe_metadata",
            "delete_self_enabled",
            "legal_accepted_at",
            "skip_legal_checks",
            "skip_user_requirement",
            "create_organization_enabled",
            "create_organizations_limit",
            "created_at",
            "bypass_client_trust",
            "banned",
            "locked");

    private final Kernel kernel;
    private final Tables tables;
    private final Params params;
    private final ObjectNode user;

    UserDraft(Kernel kernel, Tables tables, ObjectNode given) {
        this.kernel = kernel;
        this.tables = tables;
        this.params = Params.of(given, KNOWN);
        this.user = kernel.shape("user", kernel.newId("user"), Map.of());
    }

    /**
     * The user, who is in no table yet.
     *
     * @throws ClerkRefusedException when a parameter is wrong, or an identifier is another user's
     */
    ObjectNode toUser() {
        forgetInvented();
        UserChange.applyNames(user, params, tables);
        for (Identification kind : Identification.values()) {
            addIdentifications(kind);
        }
        requireIdentifier();
        boolean password = params.text("password") != null || params.text("password_digest") != null;
        user.put("password_enabled", password);
        if (!password) {
            user.putNull("password_last_updated_at");
        }
        boolean totp = params.text("totp_secret") != null;
        boolean codes = !params.texts("backup_codes").isEmpty();
        user.put("totp_enabled", totp).put("backup_code_enabled", codes).put("two_factor_enabled", totp);
        params.copyFlags(user, "banned", "locked");
        Metadata.replace(user, params, Metadata.OF_A_USER);
        return user;
    }

    private void forgetInvented() {
        String image = "https://img.clerk.com/" + Tables.text(user, "id");
        user.put("image_url", image).put("profile_image_url", image);
        for (String name : List.of("first_name", "last_name", "last_sign_in_at", "last_active_at")) {
            user.putNull(name);
        }
        for (Identification kind : Identification.values()) {
            user.putArray(kind.list());
            user.putNull(kind.primary());
        }
    }

    private void addIdentifications(Identification kind) {
        List<String> values = params.texts(kind.key());
        List<String> statuses = kind == Identification.WEB3_WALLET ? List.of() : params.texts(kind.statuses());
        if (values.stream()
                        .map(value -> Tables.identifier(kind.key(), value))
                        .distinct()
                        .count()
                < values.size()) {
            throw ClerkRefusedException.taken(kind.key());
        }
        for (int i = 0; i < values.size(); i++) {
            ObjectNode added = Identifications.element(kernel, tables, user, kind, values.get(i));
            if (i < statuses.size() && statuses.get(i).equals("reserved")) {
                added.put("reserved", true).putNull("verification");
            }
            ((ArrayNode) user.get(kind.list())).add(added);
            if (i == 0) {
                user.set(kind.primary(), added.get("id"));
            }
        }
    }

    private void requireIdentifier() {
        boolean known = !user.path("username").isNull();
        for (Identification kind : Identification.values()) {
            known |= !user.path(kind.list()).isEmpty();
        }
        if (!known && !params.flag("skip_user_requirement", false)) {
            throw ClerkRefusedException.of(
                    422,
                    "form_data_missing",
                    "missing data",
                    "A user needs an email_address, a phone_number, a web3_wallet or a username.");
        }
    }
}
