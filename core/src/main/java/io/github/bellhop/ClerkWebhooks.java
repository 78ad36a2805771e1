package io.github.bellhop;

import io.github.bellhop.signature.InvalidSecretException;
import io.github.bellhop.signature.SignatureVerifier;
import io.github.bellhop.signature.SigningSecret;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Verifies Clerk's webhooks in one call, without a database. This is the counterpart of Clerk's own
 * {@code verifyWebhook}.
 *
 * <pre>{@code
 * ClerkEvent event = ClerkWebhooks.verify(request.headers(), body).orThrow();
 * }</pre>
 *
 * <p>Pass the body's raw bytes, before any parsing or text conversion, because the signature covers exactly those
 * bytes. An app that receives more than a few deliveries should create one {@link WebhookVerifier} at startup and reuse
 * it. A malformed secret then causes an error at startup.
 *
 * <p>Stateless and safe for concurrent use.
 *
 * @see <a href="https://clerk.com/docs/reference/backend/verify-webhook">Clerk: verifyWebhook()</a>
 */
public final class ClerkWebhooks {
    /** The environment variable that holds one secret, or several separated by commas. Clerk uses the same name. */
    public static final String SECRET_VARIABLE = "CLERK_WEBHOOK_SIGNING_SECRET";

    private ClerkWebhooks() {}

    /**
     * Creates a verifier with the secrets from the environment variable {@value #SECRET_VARIABLE} and the system clock.
     *
     * @throws InvalidSecretException if the variable is missing or empty, or contains anything but signing secrets
     */
    public static WebhookVerifier fromEnvironment() {
        return fromEnvironment(System::getenv);
    }

    static WebhookVerifier fromEnvironment(Function<String, @Nullable String> environment) {
        String secrets = environment.apply(SECRET_VARIABLE);
        if (secrets == null || secrets.isBlank()) {
            throw new InvalidSecretException(
                    "secret-missing",
                    SECRET_VARIABLE + " is " + (secrets == null ? "not set" : "empty")
                            + ". Set it to the Signing Secret of the endpoint in the Clerk Dashboard (Webhooks); it"
                            + " begins with whsec_.");
        }
        try {
            return withSecrets(secrets);
        } catch (InvalidSecretException wrong) {
            throw new InvalidSecretException(wrong.code(), SECRET_VARIABLE + ": " + wrong.getMessage());
        }
    }

    /**
     * Creates a verifier with the given secrets and the system clock.
     *
     * @param commaSeparated one secret, or several during a rotation; spaces around the commas are allowed
     * @throws InvalidSecretException if a secret cannot be used; the message never contains it
     */
    public static WebhookVerifier withSecrets(String commaSeparated) {
        return with(SignatureVerifier.of(SigningSecret.parseList(commaSeparated)));
    }

    /** Creates a verifier from a {@link SignatureVerifier} with its own clock and tolerance. */
    public static WebhookVerifier with(SignatureVerifier signatures) {
        return new WebhookVerifier(signatures);
    }

    /**
     * Verifies one delivery with the secrets from the environment. Every call reads them again.
     *
     * @param headers the request's headers; names are case-insensitive
     * @param body    the request's raw body
     * @return the event, or the reason for the refusal
     * @throws InvalidSecretException under the same conditions as {@link #fromEnvironment()}: the cause is the app's
     *     configuration, not the delivery
     */
    public static WebhookOutcome verify(Map<String, ? extends List<String>> headers, byte[] body) {
        return fromEnvironment().verify(headers, body);
    }

    /**
     * Verifies one delivery with the given secrets.
     *
     * @param headers        the request's headers; names are case-insensitive
     * @param body           the request's raw body
     * @param commaSeparated one secret, or several during a rotation
     * @return the event, or the reason for the refusal
     * @throws InvalidSecretException under the same conditions as {@link #withSecrets(String)}: the cause is the app's
     *     configuration, not the delivery
     */
    public static WebhookOutcome verify(
            Map<String, ? extends List<String>> headers, byte[] body, String commaSeparated) {
        return withSecrets(commaSeparated).verify(headers, body);
    }
}
