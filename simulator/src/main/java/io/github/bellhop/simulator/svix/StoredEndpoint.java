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

/** An endpoint, its secrets and what waits for it. Guarded by the state's lock. */
final class StoredEndpoint {
    private static final Duration STALE = Duration.ofMinutes(10);
    private static final MessageSigner STRANGER =
            MessageSigner.with(SigningSecret.ofKey("the secret of a stranger".getBytes(StandardCharsets.UTF_8)));

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

    /** Makes a request that carries a message to it. A copy that goes wrong on purpose is wrong in one thing only. */
    SignedRequest request(Sending kind, OutgoingMessage message, Instant now) {
        List<MessageSigner> signers = kind == Sending.WRONG_SECRET ? List.of(STRANGER) : secrets.signers(now);
        Instant dated = kind == Sending.STALE_TIMESTAMP ? now.minus(STALE) : now;
        SignedRequest request = SignedRequest.of(url(), message, dated.getEpochSecond(), signers, headers);
        return kind == Sending.CORRUPT_BODY ? request.withBody(changed(request.body())) : request;
    }

    /** One letter or digit becomes another one, so that the body stays what it was to a parser. */
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
     * Whether an endpoint has failed for so long that it is to be switched off: for five days without one success. They
     * are counted from when failures within a day lay half a day apart.
     *
     * @see <a href="https://docs.svix.com/retries">Svix: disabling failing endpoints</a>
     */
    static final class EndpointHealth {
        /** The failures of the last day, one an hour at most. */
        private final Deque<Instant> failures = new ArrayDeque<>();

        private @Nullable Instant failingSince;

        void succeeded() {
            failures.clear();
            failingSince = null;
        }

        /**
         * Says whether the endpoint is to be switched off.
         *
         * @param day how long Svix's day is on the simulator's clock
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
