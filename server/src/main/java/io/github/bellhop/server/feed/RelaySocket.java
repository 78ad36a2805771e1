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
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One connection of somebody who takes relayed deliveries. */
final class RelaySocket extends Endpoint implements Relay.Listener {
    /** Where it answers: as at Svix's relay, so that the official command lines find it. */
    static final String PATH = "/api/v1/listen/";

    /** What the official command lines know a token by that is taken. */
    private static final String IN_USE = "This socket is already in use";

    private static final Logger log = LoggerFactory.getLogger(RelaySocket.class);
    /** Answers come in, whose bodies nobody reads far; deliveries go out. */
    private static final int LONGEST = 512 * 1024;

    private static final Duration SILENCE = Duration.ofSeconds(90);

    private final Relay relay;
    private final String who;
    private final AtomicBoolean left = new AtomicBoolean();
    private @Nullable Session session;
    private volatile @Nullable String token;

    /** A connection that is not yet open, from this address. */
    RelaySocket(Relay relay, String who) {
        this.relay = relay;
        this.who = who;
    }

    @Override
    public void onOpen(Session opened, EndpointConfig config) {
        session = opened;
        opened.setMaxTextMessageBufferSize(LONGEST);
        opened.setMaxBinaryMessageBufferSize(LONGEST);
        opened.setMaxIdleTimeout(SILENCE.toMillis());
        opened.addMessageHandler(String.class, (MessageHandler.Whole<String>) this::take);
        // Svix's own command line answers in binary frames.
        opened.addMessageHandler(ByteBuffer.class, (MessageHandler.Whole<ByteBuffer>)
                bytes -> take(StandardCharsets.UTF_8.decode(bytes).toString()));
    }

    private void take(String text) {
        RelayFrame frame = RelayFrame.parse(text);
        if (frame == null) {
            return;
        }
        String wanted = frame.token();
        if (wanted == null) {
            relay.answer(this, frame);
        } else if (token == null) {
            begin(wanted);
        }
    }

    private void begin(String wanted) {
        if (!Relay.isToken(wanted)) {
            close(CloseCodes.VIOLATED_POLICY, "This token is none");
        } else if (!relay.enter(wanted, this)) {
            close(CloseCodes.VIOLATED_POLICY, IN_USE);
        } else {
            token = wanted;
            log.info("Deliveries are relayed to a listener from {}", who);
            send(RelayFrame.start(wanted));
        }
    }

    /** One at a time, as a connection takes them. */
    @Override
    public synchronized void send(RelayFrame frame) {
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
        if (!left.compareAndSet(false, true)) {
            return;
        }
        relay.disconnect();
        String held = token;
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
