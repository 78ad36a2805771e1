package io.github.bellhop.signature;

import java.time.Duration;
import java.time.InstantSource;
import java.util.Collection;
import java.util.List;

/**
 * Verifies deliveries by the Svix scheme: the signature is over the exact bytes {@code id.timestamp.body}, made with
 * one of the secrets, not longer ago than the tolerance. Several secrets serve a rotation. Where the official
 * libraries disagree about a malformed delivery, this one refuses it.
 *
 * <p>Immutable and safe for concurrent use. For {@code v1}, nothing is allocated that grows with the body.
 *
 * @see <a href="https://docs.svix.com/receiving/verifying-payloads/how-manual">Svix: verifying manually</a>
 */
public final class SignatureVerifier {
    /** How far a delivery's timestamp may be off in either direction, as in every official library. */
    public static final Duration DEFAULT_TOLERANCE = Duration.ofMinutes(5);

    private final List<SecretVerifier> secrets;
    private final HeaderChecker headers;

    private SignatureVerifier(List<SecretVerifier> secrets, HeaderChecker headers) {
        this.secrets = secrets;
        this.headers = headers;
    }

    /**
     * A verifier on the system clock with the {@linkplain #DEFAULT_TOLERANCE usual tolerance}.
     *
     * @throws InvalidSecretException when there is no secret, or one is a private key
     */
    public static SignatureVerifier of(Collection<SigningSecret> secrets) {
        return of(secrets, InstantSource.system(), DEFAULT_TOLERANCE);
    }

    /**
     * A verifier on a clock of one's own.
     *
     * @param tolerance how far a timestamp may be off, inclusive, in whole seconds
     * @throws InvalidSecretException when there is no secret, or one is a private key
     */
    public static SignatureVerifier of(Collection<SigningSecret> secrets, InstantSource clock, Duration tolerance) {
        if (secrets.isEmpty()) {
            throw new InvalidSecretException("secret-empty", "No signing secret is given: nothing could be verified.");
        }
        return new SignatureVerifier(
                secrets.stream().map(SecretVerifier::of).toList(), new HeaderChecker(clock, tolerance.toSeconds()));
    }

    /** Judges the headers alone, so that a delivery that cannot be valid is refused before its body is read. */
    public HeaderCheck checkHeaders(DeliveryHeaders delivery) {
        return headers.check(delivery);
    }

    /** Verifies the body that came with headers already checked. */
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
                        ? "no signature fits the secret"
                        : "no signature fits any of the " + secrets.size() + " secrets");
    }

    /** Checks the headers and verifies the body, in this order. */
    public Verification verify(DeliveryHeaders delivery, byte[] body) {
        return checkHeaders(delivery).fold(checked -> verify(checked, body), rejected -> rejected);
    }
}
