package io.github.bellhop.simulator.clerk;

import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import tools.jackson.databind.node.ObjectNode;

/**
 * The parameters that set a user's password or second factor. The simulator stores no secrets; a user only shows
 * whether they are set.
 */
final class Credentials {
    private static final int SHORTEST = 8;
    private static final int LONGEST = 72;

    private static final Set<String> HASHERS = Params.names("""
            argon2i argon2id bcrypt bcrypt_sha256_django ldap_ssha md5 md5_phpass pbkdf2_sha1 pbkdf2_sha256
            pbkdf2_sha256_django pbkdf2_sha512 pbkdf2_sha512_hex phpass scrypt_firebase scrypt_werkzeug sha256
            sha512_symfony
            """);

    /** The formats of digests, for the hashers that have a single format. */
    private static final Map<String, Pattern> DIGESTS = Map.of(
            "bcrypt", Pattern.compile("\\$2[abxy]\\$\\d\\d\\$[./A-Za-z0-9]{53}"),
            "argon2i", Pattern.compile("\\$argon2i\\$.+"),
            "argon2id", Pattern.compile("\\$argon2id\\$.+"),
            "md5", Pattern.compile("[0-9a-fA-F]{32}"),
            "sha256", Pattern.compile("[0-9a-fA-F]{64}"));

    private static final Pattern BASE32 = Pattern.compile("[A-Z2-7]{16,}=*");

    private final Params params;

    /**
     * Reads the parameters.
     *
     * @throws ClerkRefusedException if a parameter is invalid
     */
    Credentials(Params params) {
        this.params = params;
        checkPassword();
        checkDigest();
        String totp = params.text("totp_secret");
        if (totp != null && !BASE32.matcher(totp).matches()) {
            throw ClerkError.TOTP_INVALID.because(
                    "The TOTP secret is invalid, please provide a valid one base32 encoded");
        }
    }

    private void checkPassword() {
        String password = params.text("password");
        if (password == null || params.flag("skip_password_checks", false)) {
            return;
        }
        if (password.length() < SHORTEST) {
            throw ClerkError.PASSWORD_TOO_SHORT.of(
                    "password", "Passwords must be " + SHORTEST + " characters or more.");
        }
        if (password.length() > LONGEST) {
            throw ClerkError.PASSWORD_TOO_LONG.of(
                    "password", "Passwords must be less than " + LONGEST + " characters.");
        }
    }

    private void checkDigest() {
        String hasher = params.oneOf("password_hasher", HASHERS);
        String digest = params.text("password_digest");
        if (digest != null) {
            if (hasher == null) {
                throw conditional("password_hasher", "password_digest");
            }
            Pattern form = DIGESTS.get(hasher);
            if (form != null && !form.matcher(digest).matches()) {
                throw ClerkError.DIGEST_INVALID.of(
                        "password_digest", "password_digest is not valid for the hasher " + hasher + ".");
            }
        } else if (hasher != null) {
            throw conditional("password_digest", "password_hasher");
        }
    }

    /** Throws if one of these flags is true and no password is given. */
    void requirePasswordFor(String... flags) {
        for (String flag : flags) {
            if (params.flag(flag, false) && !setsPassword()) {
                throw conditional("password", flag);
            }
        }
    }

    private static ClerkRefusedException conditional(String missing, String present) {
        return ClerkError.CONDITIONAL_MISSING.of(
                missing, "`" + missing + "` is required when `" + present + "` is present.");
    }

    private boolean setsPassword() {
        return params.text("password") != null || params.text("password_digest") != null;
    }

    void applyTo(ObjectNode user, long now) {
        if (setsPassword()) {
            user.put("password_enabled", true)
                    .put("password_last_updated_at", now)
                    .put("requires_password_reset", false);
        }
        if (params.text("totp_secret") != null) {
            user.put("totp_enabled", true).put("two_factor_enabled", true);
            if (user.path("mfa_enabled_at").isNull()) {
                user.put("mfa_enabled_at", now);
            }
        }
        if (!params.texts("backup_codes").isEmpty()) {
            user.put("backup_code_enabled", true);
        }
    }
}
