package io.github.bellhop.simulator.svix;

import io.github.bellhop.signature.MessageSigner;
import io.github.bellhop.signature.SigningSecret;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** The secrets of one endpoint: the current one, and old ones until they expire. */
final class EndpointSecrets {
    private static final int KEY_BYTES = 24;
    private static final int MAX_KEY_BYTES = 75;
    private static final int MAX_OLD_SECRETS = 10;

    private final List<Old> old = new ArrayList<>();
    private String text;
    private MessageSigner signer;

    private record Old(MessageSigner signer, Instant expires) {}

    EndpointSecrets(String text) {
        this.text = text;
        this.signer = signer(text);
    }

    /**
     * Checks and returns the given secret. If it is null, generates one as Svix does.
     *
     * @throws SvixException if the secret is invalid; the exception names the field {@code field}, never the secret
     */
    static String givenOrNew(String field, @Nullable String text, RandomGenerator random) {
        if (text == null) {
            byte[] key = new byte[KEY_BYTES];
            random.nextBytes(key);
            return "whsec_" + Base64.getEncoder().encodeToString(key);
        }
        if (!text.startsWith("whsec_") && !text.startsWith("whsk_")) {
            throw SvixException.invalid(field, "invalid prefix");
        }
        try {
            signer(text);
        } catch (RuntimeException unusable) {
            throw SvixException.invalid(field, "The secret is not a valid base64-encoded key");
        }
        int bytes = key(text).length;
        if (bytes < KEY_BYTES || bytes > MAX_KEY_BYTES) {
            throw SvixException.invalid(field, "secret length invalid");
        }
        return text;
    }

    /** The current secret, or the public key of a key pair. */
    String shown() {
        if (!text.startsWith("whsk_")) {
            return text;
        }
        byte[] pair = key(text);
        return "whpk_" + Base64.getEncoder().encodeToString(Arrays.copyOfRange(pair, 32, pair.length));
    }

    /** The active signers: the current one, then the old ones in order of expiry. */
    List<MessageSigner> signers(Instant now) {
        expire(now);
        List<MessageSigner> signers = new ArrayList<>();
        signers.add(signer);
        old.forEach(key -> signers.add(key.signer()));
        return signers;
    }

    void rotate(String next, Duration grace, Instant now) {
        expire(now);
        if (old.size() >= MAX_OLD_SECRETS) {
            throw SvixException.badRequest(
                    "limit_reached",
                    "The endpoint still has " + MAX_OLD_SECRETS + " old secrets. Rotate after some have expired");
        }
        if (!grace.isZero()) {
            old.add(new Old(signer, now.plus(grace)));
            old.sort(Comparator.comparing(Old::expires));
        }
        text = next;
        signer = signer(next);
    }

    private void expire(Instant now) {
        old.removeIf(key -> !now.isBefore(key.expires()));
    }

    private static MessageSigner signer(String text) {
        return MessageSigner.with(SigningSecret.parse(text));
    }

    private static byte[] key(String text) {
        return Base64.getDecoder().decode(text.substring(text.indexOf('_') + 1));
    }
}
