package io.github.bellhop.simulator.clerk;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** The parameters for creating or updating a user. */
final class UserParams {
    private static final Set<String> OF_CREATION = Params.names("""
            external_id first_name last_name locale email_address email_address_identification_status phone_number
            phone_number_identification_status web3_wallet username password password_digest password_hasher
            skip_password_checks skip_password_requirement skip_restriction_checks totp_secret backup_codes
            public_metadata private_metadata unsafe_metadata delete_self_enabled legal_accepted_at skip_legal_checks
            skip_user_requirement create_organization_enabled create_organizations_limit created_at bypass_client_trust
            banned locked
            """);

    private static final Set<String> OF_UPDATE = Params.names("""
            external_id first_name last_name locale primary_email_address_id notify_primary_email_address_changed
            primary_phone_number_id primary_web3_wallet_id username profile_image_id password password_digest
            password_hasher skip_password_checks sign_out_of_other_sessions totp_secret backup_codes delete_self_enabled
            create_organization_enabled legal_accepted_at skip_legal_checks create_organizations_limit created_at
            bypass_client_trust public_metadata private_metadata unsafe_metadata
            """);

    /** These parameters skip checks that a simulated instance never makes, so they have no effect. */
    private static final Set<String> WITHOUT_EFFECT =
            Set.of("skip_password_requirement", "skip_restriction_checks", "skip_legal_checks");

    private static final Set<String> IDENTIFICATION_STATUSES = Set.of("verified", "reserved");

    private final Kernel kernel;
    private final Tables tables;
    private final Params params;
    private final Credentials credentials;

    private UserParams(Kernel kernel, Params params) {
        this.kernel = kernel;
        this.tables = kernel.tables;
        this.params = params;
        this.credentials = new Credentials(params);
        WITHOUT_EFFECT.forEach(name -> params.flag(name, false));
    }

    /** Reads the parameters for creating a user. */
    static UserParams ofCreation(Kernel kernel, ObjectNode given) {
        return new UserParams(kernel, Params.of(given, OF_CREATION));
    }

    /** Reads the parameters for updating a user. */
    static UserParams ofUpdate(Kernel kernel, ObjectNode given) {
        UserParams read = new UserParams(kernel, Params.of(given, OF_UPDATE));
        read.params.requireAbsent("profile_image_id", "it stores no images");
        read.credentials.requirePasswordFor("skip_password_checks", "sign_out_of_other_sessions");
        return read;
    }

    void applyTo(ObjectNode user) {
        if ("".equals(params.text("username"))) {
            user.putNull("username");
        } else {
            applyUsername(user);
        }
        applyNames(user);
        for (Identification kind : Identification.values()) {
            String primary = params.text(kind.primary());
            if (primary != null) {
                kind.requireVerified(kind.findGiven(user, primary), kind.primary());
                user.put(kind.primary(), primary);
            }
        }
        credentials.applyTo(user, kernel.now());
        params.replaceMetadata(user, Params.METADATA_OF_A_USER);
    }

    boolean signsOut() {
        return params.flag("sign_out_of_other_sessions", false);
    }

    /** Whether the former primary e-mail address is notified of a new one. */
    boolean notifies() {
        return params.flag(Identifications.NOTIFY, false);
    }

    private void applyUsername(ObjectNode user) {
        String name = params.text("username");
        if (name != null) {
            Usernames.check(name);
            requireFree(user, "username", name);
        }
        params.copyTexts(user, "username");
    }

    private void requireFree(ObjectNode user, String kind, String value) {
        Resource.requireFree(tables.usersByIdentifier, Tables.identifier(kind, value), user, kind);
    }

    /** Applies the other parameters that creations and updates have in common. */
    private void applyNames(ObjectNode user) {
        String external = params.text("external_id");
        if (external != null) {
            requireFree(user, "external_id", external);
        }
        params.copyTexts(user, "external_id", "first_name", "last_name", "locale");
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
        applyUsername(user);
        applyNames(user);
        for (Identification kind : Identification.values()) {
            addIdentifications(user, kind);
        }
        requireIdentifier(user);
        user.put("password_enabled", false).putNull("password_last_updated_at");
        user.put("totp_enabled", false).put("backup_code_enabled", false).put("two_factor_enabled", false);
        credentials.applyTo(user, kernel.now());
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
        List<String> statuses = statuses(kind, values.size());
        if (values.stream()
                        .map(value -> Tables.identifier(kind.key, value))
                        .distinct()
                        .count()
                < values.size()) {
            throw ClerkError.DUPLICATE.of(kind.key, kind.key + " contains duplicate values");
        }
        for (int i = 0; i < values.size(); i++) {
            ObjectNode added = Identifications.element(kernel, user, kind, values.get(i));
            if (!statuses.isEmpty() && statuses.get(i).equals("reserved")) {
                added.put("reserved", true).putNull("verification");
            }
            ((ArrayNode) user.get(kind.list)).add(added);
            if (i == 0) {
                user.set(kind.primary(), added.get("id"));
            }
        }
    }

    /** The statuses of the identifiers, one for each; may be empty. */
    private List<String> statuses(Identification kind, int count) {
        String name = kind.statuses();
        List<String> statuses = kind == Identification.WEB3_WALLET ? List.of() : params.texts(name);
        for (String status : statuses) {
            if (!IDENTIFICATION_STATUSES.contains(status)) {
                throw ClerkRefusedException.notAllowed(name, status, IDENTIFICATION_STATUSES);
            }
        }
        if (!statuses.isEmpty() && statuses.size() != count) {
            throw ClerkError.VALUE_INVALID.of(name, name + " must have one item for each " + kind.key + ".");
        }
        return statuses;
    }

    private void requireIdentifier(ObjectNode user) {
        boolean unknown = user.path("username").isNull()
                && Stream.of(Identification.values())
                        .allMatch(kind -> user.path(kind.list).isEmpty());
        if (unknown && !params.flag("skip_user_requirement", false)) {
            throw ClerkError.DATA_MISSING.because(
                    "A user needs an email_address, a phone_number, a web3_wallet or a username.");
        }
    }
}
