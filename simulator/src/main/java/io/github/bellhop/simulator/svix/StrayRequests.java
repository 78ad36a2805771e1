package io.github.bellhop.simulator.svix;

import io.github.bellhop.signature.MessageSigner;
import io.github.bellhop.signature.SigningSecret;
import io.github.bellhop.simulator.chaos.Sending;
import io.github.bellhop.simulator.delivery.OutgoingMessage;
import io.github.bellhop.simulator.delivery.SignedRequest;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** Makes the copies of a message that go wrong on purpose; each is wrong in one thing only. */
final class StrayRequests {
    private static final Duration STALE = Duration.ofMinutes(10);
    private static final MessageSigner STRANGER =
            MessageSigner.with(SigningSecret.ofKey("the secret of a stranger".getBytes(StandardCharsets.UTF_8)));

    private StrayRequests() {}

    static SignedRequest request(Sending kind, StoredEndpoint endpoint, OutgoingMessage message, Instant now) {
        List<MessageSigner> signers = kind == Sending.WRONG_SECRET ? List.of(STRANGER) : endpoint.secrets.signers(now);
        Instant dated = kind == Sending.STALE_TIMESTAMP ? now.minus(STALE) : now;
        SignedRequest request =
                SignedRequest.of(endpoint.url, message, dated.getEpochSecond(), signers, endpoint.headers);
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
}
