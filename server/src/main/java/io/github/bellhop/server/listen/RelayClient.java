package io.github.bellhop.server.listen;

import io.github.bellhop.event.Envelope;
import io.github.bellhop.event.EnvelopeReader;
import io.github.bellhop.event.UnreadablePayloadException;
import io.github.bellhop.server.feed.EventFilter;
import io.github.bellhop.server.feed.RelayFrame;
import io.github.bellhop.server.settings.UnusableSettingException;
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
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Takes deliveries from a relay that speaks Svix's protocol. They come as they were sent, with their signatures, and go
 * on byte for byte; what the app answers goes back.
 */
public final class RelayClient implements Source {
    private static final Duration CONNECT = Duration.ofSeconds(20);

    /** The relay asks about every 20 seconds whether somebody is there. */
    private static final Duration SILENCE = Duration.ofSeconds(45);

    private static final Duration PING = Duration.ofSeconds(15);

    private final Settings settings;
    private final Forwarder forwarder;
    private final Listening listening;
    private final Losses losses;
    private final Backoff backoff;
    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(CONNECT)
            .build();
    private final CountDownLatch stopped = new CountDownLatch(1);
    private volatile @Nullable RelaySession open;
    private final RelayHold hold;
    private volatile boolean wasConnected;
    private @Nullable String toldAddress;

    /** What keeps the relay's token, which must not change from run to run without need. */
    public interface Tokens {
        /** The token. */
        String current();

        /** Another one from now on, since somebody else has this one. */
        void renew();
    }

    /**
     * Where deliveries come from, and for whom.
     *
     * @param relay  the relay's WebSocket
     * @param tokens its tokens
     * @param access the listen token of a relay that asks for one; null for none
     * @param filter which events
     * @param target where the app is
     */
    public record Settings(
            URI relay, Tokens tokens, @Nullable String access, EventFilter filter, URI target) {
        /** The address of the relay, and no token. */
        @Override
        public String toString() {
            return "Settings[" + relay.getHost() + "]";
        }
    }

    /**
     * A client that is not yet running.
     *
     * @param clock says how long a connection has been lost
     */
    public RelayClient(
            Settings settings, Forwarder forwarder, Listening listening, InstantSource clock, RandomGenerator random) {
        this.settings = settings;
        this.forwarder = forwarder;
        this.listening = listening;
        losses = new Losses(listening);
        hold = new RelayHold(settings.tokens(), clock);
        backoff = new Backoff(random);
    }

    @Override
    public void run() throws InterruptedException {
        while (stopped.getCount() > 0) {
            String why = connect();
            if (stopped.getCount() > 0) {
                losses.broke(why);
            }
            boolean unused = stopped.await(backoff.next().toMillis(), TimeUnit.MILLISECONDS);
        }
    }

    @Override
    public void stop() {
        stopped.countDown();
    }

    @Override
    public void close() {
        RelaySession session = open;
        if (session != null) {
            session.close();
        }
    }

    /** Keeps one connection to its end; tells why it ended. */
    private String connect() throws InterruptedException {
        String token = hold.token();
        RelaySession session = new RelaySession(new RelaySession.Events() {
            @Override
            public void started() {
                connected(token);
            }

            @Override
            public void delivery(RelaySession from, RelayFrame frame) throws InterruptedException {
                take(from, frame);
            }
        });
        WebSocket.Builder builder = http.newWebSocketBuilder().connectTimeout(CONNECT);
        if (settings.access() != null) {
            builder.header("Authorization", "Bearer " + settings.access());
        }
        try {
            session.begin(
                    builder.buildAsync(settings.relay(), session).get(CONNECT.toSeconds(), TimeUnit.SECONDS), token);
        } catch (ExecutionException failed) {
            return unreachable(failed.getCause());
        } catch (TimeoutException late) {
            return "it does not answer";
        }
        open = session;
        return keep(session);
    }

    private String keep(RelaySession session) throws InterruptedException {
        try {
            while (!session.awaitEnd(PING) && stopped.getCount() > 0) {
                if (session.silentFor().compareTo(SILENCE) > 0) {
                    return broke(session, "it is silent");
                }
                session.ping();
            }
            if (session.closedWith() != RelaySession.TOKEN_IN_USE) {
                return broke(session, "the relay ended the connection");
            }
            if (!session.isStarted() && hold.mayBeOurs()) {
                return "the relay still holds the connection that broke";
            }
            hold.renew();
            String why = "somebody else has its token, so another is taken and its address changes";
            losses.tell(why);
            return why;
        } catch (InterruptedException stops) {
            stop();
            throw stops;
        } finally {
            // When it is told to stop, answers to what is under way go out first.
            if (stopped.getCount() > 0) {
                session.close();
            }
        }
    }

    private String broke(RelaySession session, String why) {
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
            case 401, 403 ->
                refused("it refuses to be listened to. Set BELLHOP_LISTEN_TOKEN here to what the server has");
            case 404 ->
                refused("there is no relay at this address. Set BELLHOP_LISTEN_RELAY=token for bellhop serve there, or"
                        + " give another address with --relay");
            default -> "it answers " + status;
        };
    }

    /** Before the first connection it is final; later it may be a deploy under way or a proxy's own page. */
    private String refused(String problem) {
        if (!wasConnected) {
            throw new UnusableSettingException(
                    "No connection to the relay at " + settings.relay().getHost() + ": " + problem + ".");
        }
        losses.tell(problem);
        return problem;
    }

    private synchronized void connected(String token) {
        backoff.reset();
        losses.end();
        wasConnected = true;
        listening.connected();
        String address = RelayAddress.of(settings.relay(), token);
        if (!address.equals(toldAddress)) {
            toldAddress = address;
            listening.relayAt(address);
        }
    }

    private void take(RelaySession session, RelayFrame frame) throws InterruptedException {
        if (stopped.getCount() == 0) {
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
        forwarder.submit(new Arrival(
                request.headers().getOrDefault("svix-id", request.headers().getOrDefault("webhook-id", id)),
                type,
                envelope.map(Envelope::entityId).orElse(null),
                null,
                () -> request,
                answer -> session.reply(reply(id, answer))));
    }

    /** For the order and for what is shown only: whether it is Clerk's, the app finds out. */
    private static Optional<Envelope> envelope(byte[] body) {
        try {
            return Optional.of(EnvelopeReader.read(body));
        } catch (UnreadablePayloadException noEvent) {
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
