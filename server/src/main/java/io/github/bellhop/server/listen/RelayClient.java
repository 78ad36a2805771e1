package io.github.bellhop.server.listen;

import io.github.bellhop.event.Envelope;
import io.github.bellhop.event.EnvelopeReader;
import io.github.bellhop.event.UnreadablePayloadException;
import io.github.bellhop.server.feed.EventFilter;
import io.github.bellhop.server.feed.RelayFrame;
import io.github.bellhop.simulator.delivery.SignedRequest;
import io.github.bellhop.simulator.delivery.WireAnswer;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.net.http.WebSocketHandshakeException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Receives deliveries from a relay that uses Svix's protocol. It forwards them unchanged, byte for byte and with their
 * signatures, and returns the app's answers.
 */
public final class RelayClient implements Source {
    /** The default for {@link Settings#patience()}. */
    public static final Duration PATIENCE = Duration.ofSeconds(20);

    /** The connection is considered lost after this time. The relay sends a ping about every 20 seconds. */
    private static final Duration SILENCE = Duration.ofSeconds(45);

    private static final Duration PING = Duration.ofSeconds(15);

    private final Settings settings;
    private final Forwarder forwarder;
    private final Listening listening;
    private final Reconnection reconnection;
    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(PATIENCE)
            .build();
    private volatile @Nullable RelaySession open;
    private final RelayHold hold;
    private @Nullable String reportedAddress;

    /** Keeps the relay's token, which should stay the same from run to run. */
    public interface Tokens {
        /** Returns the token. */
        String current();

        /** Replaces the token, because another client uses it. */
        void renew();
    }

    /**
     * Where deliveries come from and go to.
     *
     * @param relay    the relay's WebSocket
     * @param tokens   its tokens
     * @param access   the listen token, if the relay requires one, or null
     * @param filter   the events to forward
     * @param target   the address of the app
     * @param patience how long the relay may take to open the connection
     */
    public record Settings(
            URI relay, Tokens tokens, @Nullable String access, EventFilter filter, URI target, Duration patience) {
        /** Contains the host of the relay and no token. */
        @Override
        public String toString() {
            return "Settings[" + relay.getHost() + "]";
        }
    }

    /**
     * Creates a client that is not running yet.
     *
     * @param clock measures how long a connection has been lost
     */
    public RelayClient(
            Settings settings, Forwarder forwarder, Listening listening, InstantSource clock, RandomGenerator random) {
        this.settings = settings;
        this.forwarder = forwarder;
        this.listening = listening;
        hold = new RelayHold(settings.tokens(), clock);
        reconnection = new Reconnection(listening, random);
    }

    @Override
    public void run() throws InterruptedException {
        reconnection.run(this::connect);
    }

    @Override
    public void stop() {
        reconnection.stop();
    }

    @Override
    public void close() {
        RelaySession session = open;
        if (session != null) {
            session.close();
        }
    }

    /** Opens a connection, waits until it ends, and returns why it ended. */
    private String connect() throws InterruptedException {
        String token = hold.token();
        RelaySession session = new RelaySession(this, token);
        WebSocket.Builder builder = http.newWebSocketBuilder().connectTimeout(settings.patience());
        if (settings.access() != null) {
            builder.header("Authorization", "Bearer " + settings.access());
        }
        try {
            session.begin(open(builder, session));
        } catch (ExecutionException failed) {
            return unreachable(failed.getCause());
        } catch (TimeoutException late) {
            return "it does not answer";
        }
        open = session;
        return keep(session);
    }

    /** Aborts a connection that opens after the timeout, since it holds a place at the relay. */
    private WebSocket open(WebSocket.Builder builder, RelaySession session)
            throws InterruptedException, ExecutionException, TimeoutException {
        CompletableFuture<WebSocket> pending = builder.buildAsync(settings.relay(), session);
        try {
            return pending.get(settings.patience().toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException | InterruptedException late) {
            CompletableFuture<Void> unused = pending.thenAccept(WebSocket::abort);
            throw late;
        }
    }

    private String keep(RelaySession session) throws InterruptedException {
        try {
            while (!session.awaitEnd(PING) && !reconnection.isStopped()) {
                if (session.silentFor().compareTo(SILENCE) > 0) {
                    return ended(session, "it stopped responding");
                }
                session.ping();
            }
            if (session.closedWith() != RelaySession.TOKEN_IN_USE) {
                return ended(session, "the relay ended the connection");
            }
            if (!session.isStarted() && hold.mayBeOurs()) {
                return "the relay has not noticed yet that the last connection was lost";
            }
            hold.renew();
            String why = "another client uses its token, so a new token is used and the address changes";
            reconnection.report(why);
            return why;
        } catch (InterruptedException interrupted) {
            stop();
            throw interrupted;
        } finally {
            // After a stop, the answers to deliveries in progress are sent first.
            if (!reconnection.isStopped()) {
                session.close();
            }
        }
    }

    private String ended(RelaySession session, String why) {
        if (session.isStarted()) {
            hold.lost();
        }
        return why;
    }

    private String unreachable(@Nullable Throwable why) {
        if (!(why instanceof WebSocketHandshakeException refused)) {
            return "nothing listens there";
        }
        int status = refused.getResponse() == null ? 0 : refused.getResponse().statusCode();
        return switch (status) {
            case 401, 403 -> refused("it rejects the token. Set BELLHOP_LISTEN_TOKEN here to the server's value");
            case 404 ->
                refused("there is no relay at this address. Set BELLHOP_LISTEN_RELAY=token for bellhop serve there,"
                        + " or pass another address with --relay");
            default -> "it answers " + status;
        };
    }

    private String refused(String problem) {
        return reconnection.refused(
                "No connection to the relay at " + settings.relay().getHost() + ": " + problem + ".", problem);
    }

    /** Called when the relay has accepted the token. */
    synchronized void connected(String token) {
        reconnection.connected();
        String address = RelayAddress.of(settings.relay(), token);
        if (!address.equals(reportedAddress)) {
            reportedAddress = address;
            listening.relayAt(address);
        }
    }

    /** Forwards a delivery. The session reads nothing more until this returns. */
    void take(RelaySession session, RelayFrame frame) throws InterruptedException {
        if (reconnection.isStopped()) {
            return;
        }
        String id = String.valueOf(frame.id());
        Optional<Envelope> envelope = envelope(frame.body());
        String type = envelope.map(Envelope::type).orElse(null);
        if (!settings.filter().matches(type)) {
            session.reply(RelayFrame.answer(id, 200, Map.of(), new byte[0]));
            return;
        }
        SignedRequest request = SignedRequest.received(settings.target(), frame.headers(), frame.body());
        String entityId = envelope.map(Envelope::entityId).orElse(null);
        String messageId =
                request.headers().getOrDefault("svix-id", request.headers().getOrDefault("webhook-id", id));
        forwarder.submit(new Arrival(
                messageId,
                type,
                entityId,
                Arrival.lane(messageId, type, entityId, frame.body()),
                null,
                () -> request,
                answer -> session.reply(reply(id, answer))));
    }

    /** Reads the envelope, unverified, only to order and print the delivery. The app verifies it. */
    private static Optional<Envelope> envelope(byte[] body) {
        try {
            return Optional.of(EnvelopeReader.read(body));
        } catch (UnreadablePayloadException notAnEvent) {
            return Optional.empty();
        }
    }

    private static RelayFrame reply(String id, WireAnswer answer) {
        if (answer.status() == 0) {
            String why = "bellhop listen: " + answer.error();
            return RelayFrame.answer(
                    id, 502, Map.of("content-type", "text/plain"), why.getBytes(StandardCharsets.UTF_8));
        }
        Map<String, String> headers = answer.headers().entrySet().stream()
                .filter(header -> !header.getKey()
                        .toLowerCase(Locale.ROOT)
                        .matches("connection|keep-alive|transfer-encoding|content-length|content-encoding|trailer"
                                + "|upgrade|:.*"))
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
        return RelayFrame.answer(id, answer.status(), headers, answer.text().getBytes(StandardCharsets.UTF_8));
    }
}
