package io.github.bellhop.server.verify;

import io.github.bellhop.server.verify.CapturedDelivery.Header;
import io.github.bellhop.signature.InvalidSecretException;
import io.github.bellhop.signature.SignatureVerifier;
import io.github.bellhop.signature.SignedHeaders;
import io.github.bellhop.signature.SigningSecret;
import io.github.bellhop.signature.Verification;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Verifies a captured delivery as a receiver would. If a receiver would reject it, the diagnosis looks for the reason
 * among the usual mistakes with secrets, headers and bodies.
 */
public final class DeliveryDiagnosis {
    private static final String RAW_BYTES = "Verify the bytes as received, before any parser: in Express, use"
            + " express.raw({type: 'application/json'}); in Next.js, await request.text(); in Spring, a byte[]. Or let"
            + " Bellhop receive the delivery. A proxy must not change the body either.";

    private final List<NamedSecret> secrets;
    private final Instant at;

    /**
     * Creates a diagnosis.
     *
     * @param secrets the secrets to try, in this order
     * @param at      the time of receipt of the delivery
     */
    public DeliveryDiagnosis(List<NamedSecret> secrets, Instant at) {
        this.secrets = List.copyOf(secrets);
        this.at = at;
    }

    /**
     * A secret and its source.
     *
     * @param source the source, such as the name of a variable; it is printed
     * @param text   the secret; it is never printed
     */
    public record NamedSecret(String source, String text) {
        @Override
        public String toString() {
            return "NamedSecret[" + source + "]";
        }
    }

    /**
     * Returns the findings; the delivery is valid if none is fatal. Without a secret, only the headers and the form of
     * the body are checked.
     */
    public List<Finding> of(CapturedDelivery delivery) {
        List<Finding> findings = new ArrayList<>();
        List<Candidate> candidates = candidates(findings);
        SignedHeaders headers = headers(delivery, findings);
        if (headers == null || candidates.isEmpty()) {
            findings.addAll(0, BodyDamage.of(delivery.body(), delivery.declaredLength()));
            return findings;
        }
        judgeSignature(delivery, headers, candidates, findings);
        judgeTime(headers, findings);
        return findings;
    }

    private record Candidate(String source, boolean isEd25519, SignatureVerifier verifier) {
        Candidate(String source, String text, Instant at) {
            this(
                    source,
                    text.startsWith("whpk_") || text.startsWith("whsk_"),
                    SignatureVerifier.of(List.of(SigningSecret.parse(text)), () -> at, Duration.ZERO));
        }

        /** The version of the signatures that this secret can verify. */
        String version() {
            return isEd25519 ? "v1a" : "v1";
        }

        boolean fits(SignedHeaders headers, byte[] body) {
            return verifier.verify(headers, body).fold(verified -> true, rejected -> false);
        }
    }

    private List<Candidate> candidates(List<Finding> findings) {
        List<Candidate> usable = new ArrayList<>();
        for (NamedSecret secret : secrets) {
            String bare =
                    secret.text().strip().replaceAll("^(['\"])(.*)\\1$", "$2").replaceAll("[\\s\\u00A0\\uFEFF]", "");
            try {
                usable.add(new Candidate(secret.source(), secret.text(), at));
            } catch (InvalidSecretException invalid) {
                findings.add(Finding.fault(
                        invalid.code(),
                        "The secret from " + secret.source() + " is invalid.",
                        String.valueOf(invalid.getMessage())));
                fixed(bare, secret).ifPresent(usable::add);
            }
        }
        return usable;
    }

    /** Returns the secret without quotes and white space, to find out whether it would match without them. */
    private Optional<Candidate> fixed(String bare, NamedSecret secret) {
        try {
            return Optional.of(new Candidate(secret.source() + ", without the quotes and white space in it", bare, at));
        } catch (InvalidSecretException stillInvalid) {
            return Optional.empty();
        }
    }

    /** Returns the headers if they are well-formed, regardless of their timestamp; otherwise null. */
    private @Nullable SignedHeaders headers(CapturedDelivery delivery, List<Finding> findings) {
        List<SigningSecret> any = List.of(SigningSecret.ofKey(new byte[] {1}));
        SignatureVerifier timeless = SignatureVerifier.of(any, () -> at, Duration.ofDays(1_000_000));
        return timeless.checkHeaders(delivery::values).fold(headers -> headers, rejected -> {
            findings.add(refusedHeaders(delivery, rejected));
            return null;
        });
    }

    private static Finding refusedHeaders(CapturedDelivery delivery, Verification.Rejected rejected) {
        for (String name : List.of("svix-id", "svix-timestamp", "svix-signature")) {
            for (Header header : delivery.headers()) {
                String plain = header.name().toLowerCase(Locale.ROOT).replace('_', '-');
                if (!header.name().equalsIgnoreCase(name)
                        && plain.endsWith(name)
                        && delivery.values(name).isEmpty()) {
                    return Finding.fault(
                            "headers-renamed",
                            "A header was renamed in transit: " + header.name() + " was received instead of " + name
                                    + ".",
                            "Configure the proxy or gateway to pass svix-id, svix-timestamp and svix-signature"
                                    + " through unchanged. nginx drops names with underscores, and CGI adds HTTP_ before"
                                    + " names.");
                }
            }
        }
        return Finding.fault(
                rejected.reason().id(),
                "The headers are invalid: " + rejected.detail() + ".",
                rejected.reason().hint());
    }

    private void judgeSignature(
            CapturedDelivery delivery, SignedHeaders headers, List<Candidate> candidates, List<Finding> findings) {
        for (Candidate candidate : candidates) {
            if (candidate.fits(headers, delivery.body())) {
                findings.add(Finding.note("signature-fits", match(candidate, headers, delivery.body())));
                return;
            }
        }
        // Variants are created one at a time: all together take several hundred times the memory of the body.
        for (Iterator<BodyVariant> variants = BodyVariant.of(delivery.body()).iterator(); variants.hasNext(); ) {
            BodyVariant variant = variants.next();
            for (Candidate candidate : candidates) {
                if (candidate.fits(headers, variant.bytes())) {
                    findings.add(proven(candidate, variant));
                    return;
                }
            }
        }
        List<Finding> seen = BodyDamage.of(delivery.body(), delivery.declaredLength());
        findings.addAll(0, seen);
        findings.add(
                seen.stream().anyMatch(Finding::fatal)
                        ? Finding.note(
                                "signature-not-judged",
                                "No signature matches, as expected for a body that differs from the signed one. The"
                                        + " secret can be checked only with the undamaged body.")
                        : noFit(headers, candidates));
    }

    private static Finding proven(Candidate candidate, BodyVariant variant) {
        String fix = DamageWords.fix(variant.code());
        return Finding.fault(
                variant.code(),
                "The secret from " + candidate.source() + " is correct, but " + variant.changed() + ".",
                fix.isEmpty() ? RAW_BYTES : fix + " " + RAW_BYTES);
    }

    private static String match(Candidate candidate, SignedHeaders headers, byte[] body) {
        List<String> entries = entries(headers);
        String which = IntStream.range(0, entries.size())
                .filter(i -> candidate.fits(
                        new SignedHeaders(headers.messageId(), headers.attemptAt(), entries.get(i)), body))
                .mapToObj(i -> entries.size() == 1 ? "" : " (number " + (i + 1) + " of " + entries.size() + ")")
                .findFirst()
                .orElse("");
        return "The signature" + which + " matches the secret from " + candidate.source() + " and the body, byte for"
                + " byte.";
    }

    private static List<String> entries(SignedHeaders headers) {
        return Arrays.stream(headers.signatures().split(" ", -1))
                .filter(entry -> !entry.isEmpty())
                .toList();
    }

    private static Finding noFit(SignedHeaders headers, List<Candidate> candidates) {
        List<String> entries = entries(headers);
        List<String> versions = entries.stream()
                .map(entry -> entry.replaceAll(",.*", ""))
                .distinct()
                .toList();
        List<String> wanted =
                candidates.stream().map(Candidate::version).distinct().toList();
        if (versions.stream().noneMatch(wanted::contains)) {
            return Finding.fault(
                    "no-matching-signature",
                    "The header has no signature of version " + String.join(" or ", wanted) + ", which the given"
                            + " secrets can verify. It has: " + String.join(", ", versions) + ".",
                    "For v1, pass the endpoint's Signing Secret, whsec_... For v1a, pass its public key, whpk_..."
                            + " For any other version, find out who sent the delivery.");
        }
        int tried = candidates.size();
        String mismatch = entries.size() == 1
                ? "The signature does not match "
                : "None of the " + entries.size() + " signatures matches ";
        return Finding.fault(
                "wrong-secret",
                mismatch + (tried == 1 ? "the secret" : "any of the " + tried + " secrets")
                        + ", even if the body was rewritten in one of the known ways.",
                "Most likely the secret belongs to another endpoint, or to the development instance instead of the"
                        + " production instance. Copy the Signing Secret of the endpoint with this URL. If the secret"
                        + " is correct, a value in the body was changed, or this body belongs to another delivery.");
    }

    private void judgeTime(SignedHeaders headers, List<Finding> findings) {
        long age = Duration.between(headers.attemptAt(), at).toSeconds();
        long tolerance = SignatureVerifier.DEFAULT_TOLERANCE.toSeconds();
        if (age > tolerance) {
            findings.add(Finding.fault(
                    "timestamp-too-old",
                    "The delivery was signed " + text(age) + " before it was received; receivers accept at most "
                            + text(tolerance) + ".",
                    "If it was captured earlier, pass the time of the capture with --at. Otherwise it was delayed or"
                            + " sent again, or this machine's clock is ahead: check the clock with NTP, and resend the"
                            + " message from the Clerk Dashboard."));
        } else if (-age > tolerance) {
            findings.add(Finding.fault(
                    "timestamp-too-new",
                    "The delivery was signed " + text(-age) + " after it was received: the receiver's clock is behind.",
                    "Synchronize the receiver's clock with NTP. If the timestamp is in milliseconds, the sender is"
                            + " not Svix."));
        }
    }

    private static String text(long seconds) {
        if (seconds >= 2 * 86_400) {
            return seconds / 86_400 + " days";
        }
        return seconds >= 600 ? seconds / 60 + " min" : seconds + " s";
    }
}
