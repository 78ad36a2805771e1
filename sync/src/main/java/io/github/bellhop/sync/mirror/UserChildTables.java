package io.github.bellhop.sync.mirror;

import static io.github.bellhop.sync.mirror.Column.Type.TEXT;
import static io.github.bellhop.sync.mirror.ColumnsBuilder.columns;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The tables of the lists inside a user. */
final class UserChildTables {
    private static final ChildTable EMAIL_ADDRESSES = child(
            "clerk_user_email_addresses",
            "email_addresses",
            columns()
                    .addresses("email_address")
                    .booleans("reserved", "matches_sso_connection")
                    .verification()
                    .json("linked_to")
                    .times("created_at", "updated_at"));

    private static final ChildTable PHONE_NUMBERS = child(
            "clerk_user_phone_numbers",
            "phone_numbers",
            columns()
                    .addresses("phone_number")
                    .booleans("reserved", "reserved_for_second_factor", "default_second_factor")
                    .verification()
                    .json("linked_to")
                    .times("created_at", "updated_at"));

    private static final ChildTable WEB3_WALLETS = child(
            "clerk_user_web3_wallets",
            "web3_wallets",
            columns().texts("web3_wallet").verification().times("created_at", "updated_at"));

    private static final ChildTable PASSKEYS = child(
            "clerk_user_passkeys",
            "passkeys",
            columns().texts("name").times("last_used_at").verification().times("created_at", "updated_at"));

    /**
     * Google accounts use two names for some keys, and have separate ids for the account and for the link to it. The
     * row's key is the id of the link.
     */
    private static final ChildTable EXTERNAL_ACCOUNTS = new ChildTable(
            "clerk_user_external_accounts",
            "user_id",
            "id",
            "external_accounts",
            Source.firstOf("identification_id", "id"),
            null,
            columns()
                    .id("external_account_id", externalAccountId())
                    .column("provider", TEXT, provider())
                    .id("provider_user_id", Source.firstOf("provider_user_id", "google_id", "facebook_id"))
                    .addressesOrNull("email_address")
                    .booleans("email_address_verified")
                    .column("first_name", TEXT, Source.firstOf("first_name", "given_name"))
                    .column("last_name", TEXT, Source.firstOf("last_name", "family_name"))
                    .textsOrNull("username")
                    .addressesOrNull("phone_number")
                    .column("image_url", TEXT, Source.firstOf("image_url", "avatar_url", "picture"))
                    .textsOrNull("label", "approved_scopes")
                    .json("public_metadata")
                    .verification()
                    .column("verification_error_code", TEXT, Source.at("verification.error.code"))
                    .times("created_at", "updated_at")
                    .list());

    private static final ChildTable SAML_ACCOUNTS = child(
            "clerk_user_saml_accounts",
            "saml_accounts",
            columns()
                    .texts("provider")
                    .booleans("active")
                    .addressesOrNull("email_address")
                    .textsOrNull("first_name", "last_name")
                    .ids("provider_user_id")
                    .json("public_metadata")
                    .verification()
                    .id("saml_connection_id", Source.at("saml_connection.id"))
                    .json("saml_connection")
                    .times("last_authenticated_at"));

    private static final ChildTable ENTERPRISE_ACCOUNTS = child(
            "clerk_user_enterprise_accounts",
            "enterprise_accounts",
            columns()
                    .texts("protocol", "provider")
                    .booleans("active")
                    .addressesOrNull("email_address")
                    .textsOrNull("first_name", "last_name")
                    .ids("provider_user_id")
                    .id(
                            "enterprise_connection_id",
                            Source.firstOf("enterprise_connection_id", "enterprise_connection.id"))
                    .json("public_metadata")
                    .verification()
                    .json("enterprise_connection")
                    .times("last_authenticated_at"));

    static final List<ChildTable> ALL = List.of(
            EMAIL_ADDRESSES,
            PHONE_NUMBERS,
            WEB3_WALLETS,
            PASSKEYS,
            EXTERNAL_ACCOUNTS,
            SAML_ACCOUNTS,
            ENTERPRISE_ACCOUNTS);

    private UserChildTables() {}

    private static ChildTable child(String name, String listKey, ColumnsBuilder columns) {
        return new ChildTable(name, "user_id", "id", listKey, Source.at("id"), null, columns.list());
    }

    private static Source externalAccountId() {
        return Source.computed("external_account_id | id, if it begins with eac_", account -> {
            Object explicit = account.get("external_account_id");
            Object id = account.get("id");
            return explicit != null ? explicit : id instanceof String text && text.startsWith("eac_") ? id : null;
        });
    }

    private static Source provider() {
        return Source.computed(
                "provider | oauth_google with google_id | oauth_facebook with facebook_id", UserChildTables::provider);
    }

    private static @Nullable Object provider(Map<String, @Nullable Object> account) {
        Object provider = account.get("provider");
        if (provider != null && !provider.equals("")) {
            return provider;
        }
        if (account.containsKey("google_id")) {
            return "oauth_google";
        }
        return account.containsKey("facebook_id") ? "oauth_facebook" : null;
    }
}
