package io.github.bellhop.server.feed;

import io.github.bellhop.server.feed.FeedLine.Kind;
import io.github.bellhop.sync.inbox.MessageRecord;
import io.github.bellhop.sync.mirror.PayloadView;
import io.github.bellhop.sync.mirror.ShownPayload;
import io.github.bellhop.sync.read.MessageFeed;
import io.github.bellhop.sync.store.StoreException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One stream of lines. A slow listener delays only its own stream, which keeps one payload in memory at a time. */
final class FeedStream {
    static final Duration HEARTBEAT = Duration.ofSeconds(10);

    private static final Logger log = LoggerFactory.getLogger(FeedStream.class);
    private static final Duration POLL = Duration.ofMillis(500);
    private static final int PAGE = 200;

    private final Feed feed;
    private final MessageFeed messages;
    private final EventFilter filter;
    private final boolean privateFields;
    private final OutputStream out;
    private final Deque<MessageRecord> waiting = new ArrayDeque<>();
    private Instant lastLine = Instant.EPOCH;
    private int sent;

    FeedStream(Feed feed, MessageFeed messages, EventFilter filter, boolean privateFields, OutputStream out) {
        this.feed = feed;
        this.messages = messages;
        this.filter = filter;
        this.privateFields = privateFields;
        this.out = out;
    }

    /**
     * Writes until the feed is closed.
     *
     * @throws IOException if the listener has disconnected
     */
    void run() throws IOException, InterruptedException {
        send(Kind.READY);
        while (!feed.isClosed()) {
            boolean more = page();
            if (feed.clock().instant().isAfter(lastLine.plus(HEARTBEAT))) {
                send(Kind.HEARTBEAT);
            }
            out.flush();
            if (!more) {
                feed.pause(POLL);
            }
        }
        send(Kind.END);
    }

    /** The number of messages sent. */
    int sent() {
        return sent;
    }

    /** Sends the next page of messages. Returns whether more messages may already be available. */
    private boolean page() throws IOException {
        try {
            if (waiting.isEmpty()) {
                waiting.addAll(messages.next(PAGE));
            }
            boolean full = waiting.size() == PAGE;
            while (!waiting.isEmpty() && !feed.isClosed()) {
                MessageRecord message = waiting.element();
                if (filter.matches(message.type())) {
                    write(line(message));
                    sent++;
                }
                waiting.remove();
            }
            return full;
        } catch (StoreException down) {
            log.debug("Cannot read the inbox for a listener ({})", down.kind());
            return false;
        }
    }

    private FeedLine line(MessageRecord message) {
        Optional<byte[]> payload = message.hasPayload() ? messages.payload(message) : Optional.empty();
        byte[] body = payload.map(bytes -> privateFields ? bytes : published(message.type(), bytes))
                .orElse(null);
        return new FeedLine(
                Kind.MESSAGE,
                message.receivedAt().toEpochMilli(),
                message.messageId(),
                message.type(),
                message.entityId(),
                message.state().id(),
                body);
    }

    private static byte[] published(@Nullable String type, byte[] payload) {
        return new ShownPayload(PayloadView.DEVELOPERS, type, payload).line().getBytes(StandardCharsets.UTF_8);
    }

    private void send(Kind kind) throws IOException {
        write(FeedLine.of(kind, feed.clock().instant().toEpochMilli()));
        out.flush();
    }

    private void write(FeedLine line) throws IOException {
        lastLine = feed.clock().instant();
        out.write((line.text() + "\n").getBytes(StandardCharsets.UTF_8));
    }
}
