package io.github.bellhop;

import io.github.bellhop.signature.InvalidSecretException;
import io.github.bellhop.signature.SignatureVerifier;
import io.github.bellhop.signature.SigningSecret;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The one call for those who want Clerk's events and no database: the counterpart of Clerk's own {@code verifyWebhook}.
 *
 * <pre>{@code
 * ClerkEvent event = ClerkWebhooks.verify(request.headers(), body).orThrow();
 * }</pre>
 *
 * <p>The body is the bytes as they came, before any parser or text conversion has touched them: the signature is over
 * those. An app that receives more than a few deliveries makes one {@link WebhookVerifier} at its start, so that a
 * wrong secret is noticed then, and keeps it.
 *
 * <p>Stateless; may be used by many threads at once.
 *
 * @see <a href="https://clerk.com/docs/reference/backend/verify-webhook">Clerk: verifyWebhook()</a>
 */
public final class ClerkWebhooks {
    /** The environment variable that holds the secret, or several separated by commas. Clerk's own name for it. */
    public static final String SECRET_VARIABLE = "CLERK_WEBHOOK_SIGNING_SECRET";

    private ClerkWebhooks() {}

    /**
     * A verifier with the secrets of the environment variable {@value #SECRET_VARIABLE}, on the system clock.
     *
     * @throws InvalidSecretException when the variable is missing, empty, or holds anything but signing secrets
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
     * A verifier with the given secrets, on the system clock.
     *
     * @param commaSeparated one secret, or several during a rotation; spaces around the commas are allowed
     * @throws InvalidSecretException when one of them cannot be used; the message never holds it
     */
    public static WebhookVerifier withSecrets(String commaSeparated) {
        return with(SignatureVerifier.of(SigningSecret.parseList(commaSeparated)));
    }

    /** A verifier with a clock and a tolerance of one's own. */
    public static WebhookVerifier with(SignatureVerifier signatures) {
        return new WebhookVerifier(signatures);
    }

    /**
     * Verifies one delivery with the secrets of the environment, which are read anew by every call.
     *
     * @param headers the request's headers, in any case
     * @param body    the request's body, byte for byte as it came
     * @return the event, or why there is none
     * @throws InvalidSecretException as {@link #fromEnvironment()} does: the fault is the app's, not the delivery's
     */
    public static WebhookOutcome verify(Map<String, ? extends List<String>> headers, byte[] body) {
        return fromEnvironment().verify(headers, body);
    }

    /**
     * Verifies one delivery with the given secrets.
     *
     * @param headers        the request's headers, in any case
     * @param body           the request's body, byte for byte as it came
     * @param commaSeparated one secret, or several during a rotation
     * @return the event, or why there is none
     * @throws InvalidSecretException as {@link #withSecrets(String)} does: the fault is the app's, not the delivery's
     */
    public static WebhookOutcome verify(
            Map<String, ? extends List<String>> headers, byte[] body, String commaSeparated) {
        return withSecrets(commaSeparated).verify(headers, body);
    }
}
