package io.github.bellhop.test;

import io.github.bellhop.event.ClerkEvent;
import io.github.bellhop.event.EventType;
import io.github.bellhop.event.OrganizationEvent;
import io.github.bellhop.event.OrganizationMembershipEvent;
import io.github.bellhop.event.SessionEvent;
import io.github.bellhop.event.UserEvent;
import io.github.bellhop.signature.MessageSigner;
import io.github.bellhop.signature.SigningSecret;
import io.github.bellhop.simulator.delivery.OutgoingMessage;
import io.github.bellhop.simulator.delivery.SignedRequest;
import io.github.bellhop.simulator.fixture.Fixture;
import io.github.bellhop.simulator.fixture.Fixtures;
import java.net.URI;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Creates realistic events of every type, signed like Clerk's, to send to the receiver under test with any client. Each
 * event has its own message id. Safe for concurrent use.
 *
 * <pre>{@code
 * SignedEvents events = SignedEvents.with("whsec_...");
 * SignedEvent event = events.user(UserEvent.Created.class, user -> user.id("user_1").firstName("Ann"));
 * Deliveries.to(URI.create("http://localhost:8080/api/webhooks/clerk")).deliver(event);
 * }</pre>
 */
public final class SignedEvents {
    private static final URI PLACEHOLDER_URL = URI.create("http://localhost/");

    private final MessageSigner signer;
    private final InstantSource clock;
    private final Fixtures fixtures;

    private SignedEvents(String secret, InstantSource clock, long seed) {
        signer = MessageSigner.with(SigningSecret.parse(secret));
        this.clock = clock;
        fixtures = Fixtures.of(clock, new Random(seed));
    }

    /**
     * Creates events that are signed with this secret and dated now.
     *
     * @param secret {@code whsec_} and base64; the secret of the receiver under test
     */
    public static SignedEvents with(String secret) {
        return with(secret, InstantSource.system(), new Random().nextLong());
    }

    /**
     * Creates events with the time from a clock. The same seed, clock and calls produce the same bytes.
     *
     * @param secret {@code whsec_} and base64; the secret of the receiver under test
     * @param clock  dates the events and their signatures
     */
    public static SignedEvents with(String secret, InstantSource clock, long seed) {
        return new SignedEvents(secret, clock, seed);
    }

    /** Creates an event of a type, such as {@code user.created}, about an invented entity. */
    public SignedEvent event(String type) {
        return event(type, event -> event);
    }

    /**
     * Creates an event with changes.
     *
     * @param changes such as {@code user -> user.id("user_1").set("data.first_name", "Ann")}
     * @throws io.github.bellhop.simulator.fixture.FixtureException if there is no such type, id or path
     */
    public synchronized SignedEvent event(String type, UnaryOperator<Fixture> changes) {
        return signed(changes.apply(fixtures.event(type)));
    }

    /**
     * Creates an event of a type about an invented entity.
     *
     * @param type a single type such as {@code UserEvent.Created.class}, not a family
     * @throws IllegalArgumentException if it is not the class of a single type
     */
    public SignedEvent event(Class<? extends ClerkEvent> type) {
        return event(wireName(type));
    }

    /** Creates an event about a user, such as {@code UserEvent.Created.class}. */
    public SignedEvent user(Class<? extends UserEvent> type, Consumer<UserBuilder> changes) {
        return built(type, UserBuilder::new, changes);
    }

    /** Creates an event about an organization, such as {@code OrganizationEvent.Created.class}. */
    public SignedEvent organization(Class<? extends OrganizationEvent> type, Consumer<OrganizationBuilder> changes) {
        return built(type, OrganizationBuilder::new, changes);
    }

    /** Creates an event about a membership, such as {@code OrganizationMembershipEvent.Created.class}. */
    public SignedEvent membership(
            Class<? extends OrganizationMembershipEvent> type, Consumer<MembershipBuilder> changes) {
        return built(type, MembershipBuilder::new, changes);
    }

    /** Creates an event about a session, such as {@code SessionEvent.Created.class}. */
    public SignedEvent session(Class<? extends SessionEvent> type, Consumer<SessionBuilder> changes) {
        return built(type, SessionBuilder::new, changes);
    }

    private synchronized <B extends EventBuilder<B>> SignedEvent built(
            Class<? extends ClerkEvent> type, Function<Fixture, B> begin, Consumer<B> changes) {
        B builder = begin.apply(fixtures.event(wireName(type)));
        changes.accept(builder);
        return signed(builder.fixture());
    }

    private static String wireName(Class<? extends ClerkEvent> type) {
        return Arrays.stream(EventType.values())
                .filter(known -> known.eventClass().equals(type))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("There is no single event type for " + type.getName()
                        + ". Use a single type such as UserEvent.Created."))
                .wireName();
    }

    /** Signs any body, to test how an app handles an unexpected payload. */
    public synchronized SignedEvent body(byte[] body) {
        return sign(new OutgoingMessage(fixtures.messageId(), "", null, body), null);
    }

    private SignedEvent signed(Fixture fixture) {
        return sign(OutgoingMessage.of(fixtures.messageId(), fixture), fixture.entityId());
    }

    private SignedEvent sign(OutgoingMessage message, @Nullable String entityId) {
        long now = clock.instant().getEpochSecond();
        SignedRequest request = SignedRequest.of(PLACEHOLDER_URL, message, now, List.of(signer), Map.of());
        return new SignedEvent(message.messageId(), entityId, request.headers(), request.body());
    }
}
