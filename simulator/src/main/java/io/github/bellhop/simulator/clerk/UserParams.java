package io.github.bellhop.simulator.clerk;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

final class UserParams {
    static final Set<String> OF_CREATION = Params.names("""
            external_id first_name last_name locale email_address email_address_identification_status phone_number
            phone_number_identification_status web3_wallet username password password_digest password_hasher
            skip_password_checks skip_password_requirement totp_secret backup_codes public_metadata private_metadata
            unsafe_metadata delete_self_enabled legal_accepted_at skip_legal_checks skip_user_requirement
            create_organization_enabled create_organizations_limit created_at bypass_client_trust banned locked
            """);

    static final Set<String> OF_UPDATE = Params.names("""
            external_id first_name last_name locale primary_email_address_id notify_primary_email_address_changed
            primary_phone_number_id primary_web3_wallet_id username profile_image_id password password_digest
            password_hasher skip_password_checks sign_out_of_other_sessions totp_secret backup_codes delete_self_enabled
            create_organization_enabled legal_accepted_at skip_legal_checks create_organizations_limit created_at
            bypass_client_trust public_metadata private_metadata unsafe_metadata
            """);

    private final Kernel kernel;
    private final Tables tables;
    private final Params params;

    UserParams(Kernel kernel, ObjectNode given, Set<String> known) {
        this.kernel = kernel;
        this.tables = kernel.tables;
        this.params = Params.of(given, known);
    }

    private boolean hasPassword() {
        return params.text("password") != null || params.text("password_digest") != null;
    }

    void applyTo(ObjectNode user) {
        applyNames(user);
        for (Identification kind : Identification.values()) {
            String primary = params.text(kind.primary());
            if (primary != null) {
                kind.find(user, primary);
                user.put(kind.primary(), primary);
            }
        }
        if (hasPassword()) {
            user.put("password_enabled", true).put("password_last_updated_at", kernel.now());
        }
        params.replaceMetadata(user, Params.METADATA_OF_A_USER);
    }

    boolean signsOut() {
        return params.flag("sign_out_of_other_sessions", false);
    }

    /** Applies the parameters that creation and update share. */
    private void applyNames(ObjectNode user) {
        for (String kind : List.of("username", "external_id")) {
            String value = params.text(kind);
            if (value != null) {
                Resource.requireFree(tables.usersByIdentifier, Tables.identifier(kind, value), user, kind);
            }
        }
        if ("".equals(params.text("username"))) {
            throw ClerkRefusedException.invalid("username", "username must not be empty; null removes it.");
        }
        params.copyTexts(user, "external_id", "first_name", "last_name", "locale", "username");
        params.copyFlags(user, "delete_self_enabled", "create_organization_enabled", "bypass_client_trust");
        params.copyTimes(user, "legal_accepted_at", "created_at");
        params.copyNumber(user, "create_organizations_limit");
    }

    /**
     * Creates a user that is not in a table yet.
     *
     * @throws ClerkRefusedException if a parameter is invalid, or an identifier belongs to another user
     */
    ObjectNode toUser() {
        ObjectNode user = kernel.shape("user", kernel.newId("user"), Map.of());
        forgetInvented(user);
        applyNames(user);
        for (Identification kind : Identification.values()) {
            addIdentifications(user, kind);
        }
        requireIdentifier(user);
        boolean password = hasPassword();
        user.put("password_enabled", password);
        if (!password) {
            user.putNull("password_last_updated_at");
        }
        boolean totp = params.text("totp_secret") != null;
        boolean codes = !params.texts("backup_codes").isEmpty();
        user.put("totp_enabled", totp).put("backup_code_enabled", codes).put("two_factor_enabled", totp);
        params.copyFlags(user, "banned", "locked");
        params.replaceMetadata(user, Params.METADATA_OF_A_USER);
        return user;
    }

    private static void forgetInvented(ObjectNode user) {
        String image = "https://img.clerk.com/" + Tables.text(user, "id");
        user.put("image_url", image).put("profile_image_url", image);
        for (String name : List.of("first_name", "last_name", "last_sign_in_at", "last_active_at")) {
            user.putNull(name);
        }
        for (Identification kind : Identification.values()) {
            user.putArray(kind.list);
            user.putNull(kind.primary());
        }
    }

    private void addIdentifications(ObjectNode user, Identification kind) {
        List<String> values = params.texts(kind.key);
        List<String> statuses = kind == Identification.WEB3_WALLET ? List.of() : params.texts(kind.statuses());
        if (values.stream()
                        .map(value -> Tables.identifier(kind.key, value))
                        .distinct()
                        .count()
                < values.size()) {
            throw ClerkRefusedException.taken(kind.key);
        }
        for (int i = 0; i < values.size(); i++) {
            ObjectNode added = Identifications.element(kernel, user, kind, values.get(i));
            if (i < statuses.size() && statuses.get(i).equals("reserved")) {
                added.put("reserved", true).putNull("verification");
            }
            ((ArrayNode) user.get(kind.list)).add(added);
            if (i == 0) {
                user.set(kind.primary(), added.get("id"));
            }
        }
    }

    private void requireIdentifier(ObjectNode user) {
        boolean unknown = user.path("username").isNull()
                && Stream.of(Identification.values())
                        .allMatch(kind -> user.path(kind.list).isEmpty());
        if (unknown && !params.flag("skip_user_requirement", false)) {
            throw ClerkRefusedException.of(
                    422,
                    "form_data_missing",
                    "missing data",
                    "A user needs an email_address, a phone_number, a web3_wallet or a username.");
        }
    }
}
