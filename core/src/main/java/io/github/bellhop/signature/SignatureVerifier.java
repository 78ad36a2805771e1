package io.github.bellhop.signature;

import java.time.Duration;
import java.time.InstantSource;
import java.util.Collection;
import java.util.List;

/**
 * Verifies deliveries with the Svix signature scheme. One of the secrets must have signed the exact bytes
 * {@code id.timestamp.body}, and the timestamp must be within the tolerance. Pass several secrets during a rotation. If
 * the official libraries disagree about a malformed delivery, this class rejects it.
 *
 * <p>Immutable and safe for concurrent use. For {@code v1}, memory use does not grow with the body.
 *
 * @see <a href="https://docs.svix.com/receiving/verifying-payloads/how-manual">Svix: verifying manually</a>
 */
public final class SignatureVerifier {
    /**
     * The maximum difference between a delivery's timestamp and the clock, in either direction. All official libraries
     * use this value.
     */
    public static final Duration DEFAULT_TOLERANCE = Duration.ofMinutes(5);

    private final List<SecretVerifier> secrets;
    private final HeaderChecker headers;

    private SignatureVerifier(List<SecretVerifier> secrets, HeaderChecker headers) {
        this.secrets = secrets;
        this.headers = headers;
    }

    /**
     * Creates a verifier with the system clock and the {@linkplain #DEFAULT_TOLERANCE default tolerance}.
     *
     * @throws InvalidSecretException if there is no secret, or one is a private key
     */
    public static SignatureVerifier of(Collection<SigningSecret> secrets) {
        return of(secrets, InstantSource.system(), DEFAULT_TOLERANCE);
    }

    /**
     * Creates a verifier with the given clock and tolerance.
     *
     * @param tolerance the maximum difference between a timestamp and the clock, inclusive, in whole seconds
     * @throws InvalidSecretException if there is no secret, or one is a private key
     */
    public static SignatureVerifier of(Collection<SigningSecret> secrets, InstantSource clock, Duration tolerance) {
        if (secrets.isEmpty()) {
            throw new InvalidSecretException("secret-empty", "No signing secret is given. Pass at least one.");
        }
        return new SignatureVerifier(
                secrets.stream().map(SecretVerifier::of).toList(), new HeaderChecker(clock, tolerance.toSeconds()));
    }

    /** Checks only the headers, so that an invalid delivery can be rejected before its body is read. */
    public HeaderCheck checkHeaders(DeliveryHeaders delivery) {
        return headers.check(delivery);
    }

    /** Verifies the body of a delivery whose headers have already been checked. */
    public Verification verify(SignedHeaders checked, byte[] body) {
        byte[] prefix =
                MessageSigner.prefix(checked.messageId(), checked.attemptAt().getEpochSecond());
        for (SecretVerifier secret : secrets) {
            if (secret.matches(checked.signatures(), prefix, body)) {
                return new Verification.Verified(checked.messageId());
            }
        }
        return new Verification.Rejected(
                RejectionReason.NO_MATCHING_SIGNATURE,
                secrets.size() == 1
                        ? "no signature matches the secret"
                        : "no signature matches any of the " + secrets.size() + " secrets");
    }

    /** Checks the headers and verifies the body, in this order. */
    public Verification verify(DeliveryHeaders delivery, byte[] body) {
        return checkHeaders(delivery).fold(checked -> verify(checked, body), rejected -> rejected);
    }
}
