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

/** One connection of somebody who takes relayed deliveries. */
final class RelaySocket extends Endpoint {
    /** Where it answers: as at Svix's relay, so that the official command lines find it. */
    static final String PATH = "/api/v1/listen/";

    /** What the official command lines know a token by that is taken. */
    private static final String IN_USE = "This socket is already in use";

    private static final Logger log = LoggerFactory.getLogger(RelaySocket.class);
    /** Answers come in, whose bodies nobody reads far; deliveries go out. */
    private static final int LONGEST = 512 * 1024;

    /** As often as Svix's relay asks whether somebody is there; its clients take a longer silence for a break. */
    private static final Duration PING = Duration.ofSeconds(20);

    /** Who does not answer is gone, before they dial again and find their own token in use. */
    private static final Duration SILENCE = Duration.ofSeconds(30);

    private final Relay relay;
    private final String who;
    private final ScheduledExecutorService pings;
    private final Object place = new Object();
    private boolean left;
    private @Nullable String token;
    private @Nullable ScheduledFuture<?> ping;
    private @Nullable Session session;

    /**
     * A connection that is not yet open.
     *
     * @param who   the address that it comes from
     * @param pings what asks from time to time whether somebody is there
     */
    RelaySocket(Relay relay, String who, ScheduledExecutorService pings) {
        this.relay = relay;
        this.who = who;
        this.pings = pings;
    }

    @Override
    public void onOpen(Session opened, EndpointConfig config) {
        session = opened;
        opened.setMaxTextMessageBufferSize(LONGEST);
        opened.setMaxBinaryMessageBufferSize(LONGEST);
        // Of what comes in alone: a ping into a broken connection is sent without a fault.
        opened.getUserProperties().put(Constants.READ_IDLE_TIMEOUT_MS, SILENCE.toMillis());
        opened.addMessageHandler(String.class, (MessageHandler.Whole<String>) this::take);
        // Svix's own command line answers in binary frames.
        opened.addMessageHandler(ByteBuffer.class, (MessageHandler.Whole<ByteBuffer>)
                bytes -> take(StandardCharsets.UTF_8.decode(bytes).toString()));
        synchronized (place) {
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
            log.debug("A relay's listener cannot be asked ({})", gone.getClass().getSimpleName());
        }
    }

    private void take(String text) {
        RelayFrame frame = RelayFrame.parse(text);
        if (frame == null) {
            return;
        }
        String wanted = frame.token();
        if (wanted == null) {
            relay.answer(this, frame);
        } else {
            begin(wanted);
        }
    }

    private void begin(String wanted) {
        if (!Relay.isToken(wanted)) {
            close(CloseCodes.VIOLATED_POLICY, "This token is none");
            return;
        }
        boolean entered;
        synchronized (place) {
            if (left || token != null) {
                return;
            }
            entered = relay.enter(wanted, this);
            token = entered ? wanted : null;
        }
        if (!entered) {
            close(CloseCodes.VIOLATED_POLICY, IN_USE);
        } else {
            log.info("Deliveries are relayed to a listener from {}", who);
            send(RelayFrame.start(wanted));
        }
    }

    /** Sends frames one at a time, as a connection takes them; throws if the listener is gone. */
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
            log.debug("A relay's listener went away ({})", gone.getClass().getSimpleName());
        }
    }

    @Override
    public void onClose(Session closed, CloseReason reason) {
        leave();
    }

    /** Gives up its place; a second call does nothing. */
    void leave() {
        String held;
        synchronized (place) {
            if (left) {
                return;
            }
            left = true;
            held = token;
            if (ping != null) {
                ping.cancel(false);
            }
        }
        relay.disconnect();
        if (held != null) {
            relay.leave(held, this);
            log.info("A listener to relayed deliveries from {} ends", who);
        }
    }

    @Override
    public void onError(Session failed, Throwable fault) {
        log.debug("A relay's connection failed ({})", fault.getClass().getSimpleName());
    }
}
