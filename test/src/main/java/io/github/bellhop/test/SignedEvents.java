package io.github.bellhop.test;

import io.github.bellhop.signature.MessageSigner;
import io.github.bellhop.signature.SigningSecret;
import io.github.bellhop.simulator.delivery.OutgoingMessage;
import io.github.bellhop.simulator.delivery.SignedRequest;
import io.github.bellhop.simulator.fixture.Fixture;
import io.github.bellhop.simulator.fixture.Fixtures;
import java.net.URI;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.UnaryOperator;

/**
 * Makes realistic events of every type, signed as Clerk's are, to be given to the receiver under test by whatever client
 * the test has. Each has an id of its own. Safe for concurrent use.
 *
 * <pre>{@code
 * SignedEvents events = SignedEvents.with("whsec_...");
 * SignedEvent event = events.event("user.created", user -> user.set("data.first_name", "Ann"));
 * mvc.post().uri("/api/webhooks/clerk").headers(event.headers()::forEach).content(event.body());
 * }</pre>
 */
public final class SignedEvents {
    private static final URI NOWHERE = URI.create("http://localhost/");

    private final MessageSigner signer;
    private final InstantSource clock;
    private final Fixtures fixtures;

    private SignedEvents(String secret, InstantSource clock, long seed) {
        signer = MessageSigner.with(SigningSecret.parse(secret));
        this.clock = clock;
        fixtures = Fixtures.of(clock, new Random(seed));
    }

    /**
     * Events signed with a secret, now.
     *
     * @param secret {@code whsec_} and base64, the one that the receiver under test has
     */
    public static SignedEvents with(String secret) {
        return with(secret, InstantSource.system(), new Random().nextLong());
    }

    /**
     * Events on a clock of the test's own; the same seed, clock and calls give the same bytes.
     *
     * @param secret {@code whsec_} and base64, the one that the receiver under test has
     * @param clock  dates the events and their signatures
     */
    public static SignedEvents with(String secret, InstantSource clock, long seed) {
        return new SignedEvents(secret, clock, seed);
    }

    /** An event of a type, such as {@code user.created}, about somebody or something invented. */
    public SignedEvent event(String type) {
        return event(type, event -> event);
    }

    /**
     * An event with changes.
     *
     * @param changes such as {@code user -> user.id("user_1").set("data.first_name", "Ann")}
     * @throws io.github.bellhop.simulator.fixture.FixtureException when there is no such type, id or path
     */
    public synchronized SignedEvent event(String type, UnaryOperator<Fixture> changes) {
        return signed(changes.apply(fixtures.event(type)));
    }

    /** Any body under a valid signature: what an app does with a payload that it does not expect. */
    public synchronized SignedEvent body(byte[] body) {
        return sign(new OutgoingMessage(fixtures.messageId(), "", null, body));
    }

    private SignedEvent signed(Fixture fixture) {
        return sign(OutgoingMessage.of(fixtures.messageId(), fixture));
    }

    private SignedEvent sign(OutgoingMessage message) {
        long now = clock.instant().getEpochSecond();
        SignedRequest request = SignedRequest.of(NOWHERE, message, now, List.of(signer), Map.of());
        return new SignedEvent(message.messageId(), request.headers(), request.body());
    }
}
