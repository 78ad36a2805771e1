package io.github.bellhop.simulator.svix;

import io.github.bellhop.signature.MessageSigner;
import io.github.bellhop.signature.SigningSecret;
import io.github.bellhop.simulator.chaos.Sending;
import io.github.bellhop.simulator.delivery.OutgoingMessage;
import io.github.bellhop.simulator.delivery.SignedRequest;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** An endpoint with its secrets and its pending deliveries. Guarded by the state's lock. */
final class StoredEndpoint {
    private static final Duration STALE_AGE = Duration.ofMinutes(10);
    private static final MessageSigner UNKNOWN_SECRET =
            MessageSigner.with(SigningSecret.ofKey("a secret no receiver has".getBytes(StandardCharsets.UTF_8)));

    Endpoint info;
    final EndpointSecrets secrets;
    final EndpointHealth health = new EndpointHealth();
    final Set<Delivery> pending = new LinkedHashSet<>();
    Map<String, String> headers;
    boolean deleted;

    StoredEndpoint(Endpoint info, String secret, Map<String, String> headers) {
        this.info = info;
        this.secrets = new EndpointSecrets(secret);
        this.headers = Map.copyOf(headers);
    }

    String id() {
        return info.id();
    }

    URI url() {
        return URI.create(info.settings().url());
    }

    boolean active() {
        return !deleted && !info.settings().disabled();
    }

    boolean wants(StoredMessage message) {
        return info.settings().wants(message.info.eventType(), message.info.channels());
    }

    /**
     * Builds the request that sends a message to this endpoint. A deliberately bad copy is wrong in exactly one way.
     */
    SignedRequest request(Sending kind, OutgoingMessage message, Instant now) {
        List<MessageSigner> signers = kind == Sending.WRONG_SECRET ? List.of(UNKNOWN_SECRET) : secrets.signers(now);
        Instant dated = kind == Sending.STALE_TIMESTAMP ? now.minus(STALE_AGE) : now;
        SignedRequest request = SignedRequest.of(url(), message, dated.getEpochSecond(), signers, headers);
        return kind == Sending.CORRUPT_BODY ? request.withBody(changed(request.body())) : request;
    }

    /** Replaces one letter or digit, so that the body is usually still valid JSON. */
    private static byte[] changed(byte[] body) {
        for (int i = 0; i < body.length; i++) {
            int place = (body.length / 2 + i) % body.length;
            byte old = body[place];
            if ((old >= 'a' && old < 'z') || (old >= '1' && old < '9')) {
                body[place]++;
                return body;
            }
        }
        return new byte[] {'{', '}', ' '};
    }

    /**
     * Decides when to disable a failing endpoint: after five days without a success. The five days start when two
     * failures within a day are at least half a day apart.
     *
     * @see <a href="https://docs.svix.com/retries">Svix: disabling failing endpoints</a>
     */
    static final class EndpointHealth {
        /** The failures of the last day, at most one per hour. */
        private final Deque<Instant> failures = new ArrayDeque<>();

        private @Nullable Instant failingSince;

        void succeeded() {
            failures.clear();
            failingSince = null;
        }

        /**
         * Records a failure, and returns whether to disable the endpoint.
         *
         * @param day the length of a day on the simulator's time scale
         */
        boolean failed(Instant now, Duration day) {
            while (!failures.isEmpty() && failures.peekFirst().isBefore(now.minus(day))) {
                failures.removeFirst();
            }
            if (failures.isEmpty()
                    || !failures.peekLast().plus(day.dividedBy(24)).isAfter(now)) {
                failures.addLast(now);
            }
            if (failingSince == null
                    && !failures.peekFirst().plus(day.dividedBy(2)).isAfter(now)) {
                failingSince = now;
            }
            return failingSince != null
                    && !failingSince.plus(day.multipliedBy(5)).isAfter(now);
        }
    }
}
