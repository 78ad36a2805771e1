package io.github.bellhop.server.feed;

import jakarta.websocket.CloseReason;
import jakarta.websocket.CloseReason.CloseCodes;
import jakarta.websocket.Endpoint;
import jakarta.websocket.EndpointConfig;
import jakarta.websocket.MessageHandler;
import jakarta.websocket.Session;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.apache.tomcat.websocket.Constants;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The connection through which one listener receives relayed deliveries. */
final class RelaySocket extends Endpoint {
    /** The path of the WebSocket: the same as at Svix's relay, so that the official command lines work with it. */
    static final String PATH = "/api/v1/listen/";

    /** The close reason by which the official command lines recognize a token that is in use. */
    private static final String IN_USE = "This socket is already in use";

    private static final Logger log = LoggerFactory.getLogger(RelaySocket.class);
    /** The limit for incoming frames, which are answers; only the beginning of their bodies matters. */
    private static final int MAX_FRAME_BYTES = 512 * 1024;

    /** The interval of pings, as at Svix's relay. Its clients treat a longer silence as a lost connection. */
    private static final Duration PING = Duration.ofSeconds(20);

    /** A listener is disconnected after this silence, so that its token is free when it reconnects. */
    private static final Duration SILENCE = Duration.ofSeconds(30);

    private final Relay relay;
    private final String address;
    private final ScheduledExecutorService pings;
    private final Object lock = new Object();
    private boolean left;
    private @Nullable String token;
    private @Nullable ScheduledFuture<?> ping;
    private @Nullable Session session;

    /**
     * Creates a connection that is not open yet.
     *
     * @param address the address of the listener
     * @param pings   sends the pings
     */
    RelaySocket(Relay relay, String address, ScheduledExecutorService pings) {
        this.relay = relay;
        this.address = address;
        this.pings = pings;
    }

    @Override
    public void onOpen(Session opened, EndpointConfig config) {
        session = opened;
        opened.setMaxTextMessageBufferSize(MAX_FRAME_BYTES);
        opened.setMaxBinaryMessageBufferSize(MAX_FRAME_BYTES);
        // Only the read timeout detects a broken connection: sending a ping still succeeds.
        opened.getUserProperties().put(Constants.READ_IDLE_TIMEOUT_MS, SILENCE.toMillis());
        opened.addMessageHandler(String.class, (MessageHandler.Whole<String>) this::take);
        // Svix's command line answers in binary frames.
        opened.addMessageHandler(ByteBuffer.class, (MessageHandler.Whole<ByteBuffer>)
                bytes -> take(StandardCharsets.UTF_8.decode(bytes).toString()));
        synchronized (lock) {
            if (!left) {
                ping = pings.scheduleWithFixedDelay(
                        () -> ping(opened), PING.toMillis(), PING.toMillis(), TimeUnit.MILLISECONDS);
            }
        }
    }

    private static void ping(Session open) {
        try {
            open.getBasicRemote().sendPing(ByteBuffer.allocate(0));
        } catch (IOException | RuntimeException gone) {
            log.debug("Cannot ping a relay listener ({})", gone.getClass().getSimpleName());
        }
    }

    private void take(String text) {
        RelayFrame frame = RelayFrame.parse(text);
        if (frame == null) {
            return;
        }
        String requested = frame.token();
        if (requested == null) {
            relay.answer(this, frame);
        } else {
            begin(requested);
        }
    }

    private void begin(String requested) {
        if (!Relay.isToken(requested)) {
            close(CloseCodes.VIOLATED_POLICY, "The token is invalid");
            return;
        }
        boolean entered;
        synchronized (lock) {
            if (left || token != null) {
                return;
            }
            entered = relay.enter(requested, this);
            token = entered ? requested : null;
        }
        if (!entered) {
            close(CloseCodes.VIOLATED_POLICY, IN_USE);
        } else {
            log.info("Relay listener from {} connected", address);
            send(RelayFrame.start(requested));
        }
    }

    /**
     * Sends a frame. Throws if the listener has disconnected. Frames are sent one at a time, as WebSockets require.
     */
    synchronized void send(RelayFrame frame) {
        try {
            if (session != null) {
                session.getBasicRemote().sendText(frame.text());
            }
        } catch (IOException gone) {
            throw new UncheckedIOException(gone);
        }
    }

    private void close(CloseCodes code, String why) {
        try {
            if (session != null) {
                session.close(new CloseReason(code, why));
            }
        } catch (IOException gone) {
            log.debug("Relay listener disconnected ({})", gone.getClass().getSimpleName());
        }
    }

    @Override
    public void onClose(Session closed, CloseReason reason) {
        leave();
    }

    /** Releases this connection's token and place; a second call does nothing. */
    void leave() {
        String released;
        synchronized (lock) {
            if (left) {
                return;
            }
            left = true;
            released = token;
            if (ping != null) {
                ping.cancel(false);
            }
        }
        relay.disconnect();
        if (released != null) {
            relay.leave(released, this);
            log.info("Relay listener from {} ended", address);
        }
    }

    @Override
    public void onError(Session failed, Throwable fault) {
        log.debug("Relay connection failed ({})", fault.getClass().getSimpleName());
    }
}
