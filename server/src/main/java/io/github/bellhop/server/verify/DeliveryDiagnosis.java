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
 * Judges a captured delivery as a receiver would, and where that would refuse it looks for the reason: it tries what
 * usually happens to secrets, headers and bodies.
 */
public final class DeliveryDiagnosis {
    private static final String RAW_BYTES = "Verify the bytes as they came, before any parser: in Express"
            + " express.raw({type: 'application/json'}), in Next.js await request.text(), in Spring a byte[]; or let"
            + " Bellhop take the delivery. A proxy must not touch the body either.";

    private final List<NamedSecret> secrets;
    private final Instant at;

    /**
     * A diagnosis.
     *
     * @param secrets those that may fit, in the order in which they are tried
     * @param at      when the delivery came
     */
    public DeliveryDiagnosis(List<NamedSecret> secrets, Instant at) {
        this.secrets = List.copyOf(secrets);
        this.at = at;
    }

    /**
     * A secret and where it is from.
     *
     * @param source such as the name of a variable; shown
     * @param text   never shown
     */
    public record NamedSecret(String source, String text) {
        @Override
        public String toString() {
            return "NamedSecret[" + source + "]";
        }
    }

    /**
     * What is found; the delivery is valid when nothing of it is fatal. Without any secret, only the headers and the form
     * of the body are judged.
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

        /** Of which kind the signatures are that it can tell the truth of. */
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
                        "The secret from " + secret.source() + " cannot be used.",
                        String.valueOf(invalid.getMessage())));
                fixed(bare, secret).ifPresent(usable::add);
            }
        }
        return usable;
    }

    /** The secret without what does not belong to it, so that it is seen whether it would fit then. */
    private Optional<Candidate> fixed(String bare, NamedSecret secret) {
        try {
            return Optional.of(new Candidate(secret.source() + ", without the quotes and white space in it", bare, at));
        } catch (InvalidSecretException hopeless) {
            return Optional.empty();
        }
    }

    /** The headers as far as they are well-formed, whatever their time; null when they are not. */
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
                            "A header was renamed on the way: " + header.name() + " came in place of " + name + ".",
                            "Let the proxy or gateway pass svix-id, svix-timestamp and svix-signature on as they are;"
                                    + " nginx drops names with underscores, and CGI writes HTTP_ before them.");
                }
            }
        }
        return Finding.fault(
                rejected.reason().id(),
                "The headers are refused: " + rejected.detail() + ".",
                rejected.reason().hint());
    }

    private void judgeSignature(
            CapturedDelivery delivery, SignedHeaders headers, List<Candidate> candidates, List<Finding> findings) {
        for (Candidate candidate : candidates) {
            if (candidate.fits(headers, delivery.body())) {
                findings.add(Finding.note("signature-fits", fitting(candidate, headers, delivery.body())));
                return;
            }
        }
        // One at a time: together they take the room of the body several hundred times.
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
                                "No signature fits, as with any body that is not the one that was signed. Nothing can be"
                                        + " said of the secret before the body is whole.")
                        : noFit(headers, candidates));
    }

    private static Finding proven(Candidate candidate, BodyVariant variant) {
        String fix = DamageWords.fix(variant.code());
        return Finding.fault(
                variant.code(),
                "The secret from " + candidate.source() + " is the right one, but " + variant.changed() + ".",
                fix.isEmpty() ? RAW_BYTES : fix + " " + RAW_BYTES);
    }

    private static String fitting(Candidate candidate, SignedHeaders headers, byte[] body) {
        List<String> entries = entries(headers);
        String which = IntStream.range(0, entries.size())
                .filter(i -> candidate.fits(
                        new SignedHeaders(headers.messageId(), headers.attemptAt(), entries.get(i)), body))
                .mapToObj(i -> entries.size() == 1 ? "" : " (number " + (i + 1) + " of " + entries.size() + ")")
                .findFirst()
                .orElse("");
        return "The signature" + which + " fits the secret from " + candidate.source()
                + " and the body, byte for byte.";
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
                    "No signature of the header is of the kind " + String.join(" or ", wanted)
                            + ", which the secrets that were tried are for; there are: "
                            + String.join(", ", versions) + ".",
                    "For v1 give the endpoint's Signing Secret, whsec_...; for v1a its public key, whpk_...; for anything"
                            + " else see who sends this.");
        }
        int tried = candidates.size();
        return Finding.fault(
                "wrong-secret",
                "None of the " + entries.size() + " signatures fits "
                        + (tried == 1 ? "the secret" : "any of the " + tried + " secrets")
                        + ", whichever way the body is written.",
                "Most likely the secret is another endpoint's, or that of the development instead of the production"
                        + " instance: copy the Signing Secret of the endpoint whose URL this is. If it is the right one,"
                        + " some value of the body was changed, or this is not the body that was signed.");
    }

    private void judgeTime(SignedHeaders headers, List<Finding> findings) {
        long age = Duration.between(headers.attemptAt(), at).toSeconds();
        long tolerance = SignatureVerifier.DEFAULT_TOLERANCE.toSeconds();
        if (age > tolerance) {
            findings.add(Finding.fault(
                    "timestamp-too-old",
                    "It was signed " + told(age) + " before it came; receivers take " + told(tolerance) + " at most.",
                    "If it was captured earlier, judge it by that time (--at). If it came like this, it was held up"
                            + " or sent again, or this machine's clock is ahead: compare the clock with NTP, and resend"
                            + " the message from Clerk's Dashboard."));
        } else if (-age > tolerance) {
            findings.add(Finding.fault(
                    "timestamp-too-new",
                    "It was signed " + told(-age) + " after it came: the clock of the receiver is behind.",
                    "Set the receiver's clock by NTP. If the timestamp is in milliseconds, the sender is not Svix."));
        }
    }

    private static String told(long seconds) {
        if (seconds >= 2 * 86_400) {
            return seconds / 86_400 + " days";
        }
        return seconds >= 600 ? seconds / 60 + " min" : seconds + " s";
    }
}
