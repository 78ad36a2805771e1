package io.github.bellhop.server.listen;

import io.github.bellhop.server.feed.EventFilter;
import io.github.bellhop.server.feed.FeedLine;
import io.github.bellhop.server.feed.FeedServlet;
import io.github.bellhop.signature.MessageSigner;
import io.github.bellhop.simulator.delivery.OutgoingMessage;
import io.github.bellhop.simulator.delivery.SignedRequest;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.ConnectException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Receives messages from a running server over one outgoing connection. After losing the connection, it continues after
 * the last message received. The server resends the messages of the half minute before that one, and the client skips
 * messages whose ids it has already seen.
 */
public final class FeedClient implements Source {
    /** If no line arrives for this long, not even a heartbeat, the connection is considered dead. */
    private static final Duration SILENCE = Duration.ofSeconds(35);

    /** The default for {@link Settings#patience()}. */
    public static final Duration PATIENCE = Duration.ofSeconds(20);

    /** The number of ids to remember: enough for all messages that the server may resend. */
    private static final int MAX_KNOWN = 60_000;

    private final Settings settings;
    private final Forwarder forwarder;
    private final Listening listening;
    private final InstantSource clock;
    private final Reconnection reconnection;
    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(10))
            .build();
    private final ScheduledThreadPoolExecutor watchman = new ScheduledThreadPoolExecutor(1, FeedClient::daemon);
    private final Map<String, Boolean> known = new LinkedHashMap<>();
    private volatile @Nullable InputStream open;
    private volatile long lastLine;
    private volatile boolean busy;
    private long begin;
    private long last;

    /**
     * Where messages come from and go to.
     *
     * @param server   the address of the server's operator's port
     * @param token    the listen token
     * @param filter   the events to forward
     * @param back     how far in the past to start; null to start now
     * @param target   the address of the app
     * @param signer   signs with the secret that the app verifies with
     * @param patience how long to wait for the server's answer to begin
     */
    public record Settings(
            URI server,
            String token,
            EventFilter filter,
            @Nullable Duration back,
            URI target,
            MessageSigner signer,
            Duration patience) {
        /** Contains the host of the server and no secret. */
        @Override
        public String toString() {
            return "Settings[" + server.getHost() + "]";
        }
    }

    /** Creates a client that is not running yet. */
    public FeedClient(
            Settings settings, Forwarder forwarder, Listening listening, InstantSource clock, RandomGenerator random) {
        this.settings = settings;
        this.forwarder = forwarder;
        this.listening = listening;
        this.clock = clock;
        reconnection = new Reconnection(listening, random);
    }

    private static Thread daemon(Runnable work) {
        Thread thread = new Thread(work, "bellhop-listen-feed");
        thread.setDaemon(true);
        return thread;
    }

    /** Reads on a separate thread, since reading an answer cannot be interrupted. */
    @Override
    public void run() throws InterruptedException {
        CompletableFuture<Boolean> end = new CompletableFuture<>();
        Thread reader = daemon(() -> {
            try {
                reconnection.run(this::connect);
                end.complete(true);
            } catch (RuntimeException | Error | InterruptedException refused) {
                end.completeExceptionally(refused);
            }
        });
        reader.start();
        try {
            boolean unused = end.get();
        } catch (ExecutionException refused) {
            throw refused.getCause() instanceof RuntimeException why ? why : new IllegalStateException(refused);
        } finally {
            stop();
            watchman.shutdownNow();
        }
    }

    @Override
    public void stop() {
        reconnection.stop();
        disconnect();
    }

    @Override
    public void close() {
        disconnect();
    }

    private void disconnect() {
        InputStream stream = open;
        if (stream != null) {
            try {
                stream.close();
            } catch (IOException ignored) {
                // The stream is no longer needed.
            }
        }
    }

    /** Opens a connection, reads from it until it ends, and returns why it ended. */
    private String connect() throws InterruptedException {
        HttpResponse<InputStream> response;
        try {
            // The request's own timeout is not used: later versions of Java apply it to the whole answer.
            response = begin();
        } catch (ExecutionException failed) {
            return failed.getCause() instanceof ConnectException ? "nothing listens there" : "the connection was lost";
        } catch (TimeoutException late) {
            return "it does not answer";
        }
        try (InputStream body = response.body()) {
            open = body;
            String problem = FeedRefusal.of(response);
            if (problem != null) {
                return reconnection.refused(
                        "The server at " + settings.server().getHost() + " " + problem
                                + (problem.endsWith("?") ? "" : "."),
                        "it " + problem);
            }
            return switch (response.statusCode()) {
                case 200 -> read(body);
                case 503 -> "it has the maximum number of listeners, or is not ready (503)";
                default -> "it answers " + response.statusCode();
            };
        } catch (IOException broken) {
            return "the connection was lost";
        } finally {
            open = null;
        }
    }

    /** Closes an answer that arrives after the timeout, since it occupies a connection and a place on the server. */
    private HttpResponse<InputStream> begin() throws InterruptedException, ExecutionException, TimeoutException {
        CompletableFuture<HttpResponse<InputStream>> pending = http.sendAsync(request(), BodyHandlers.ofInputStream());
        try {
            return pending.get(settings.patience().toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException | InterruptedException late) {
            CompletableFuture<Void> unused = pending.thenAccept(FeedClient::close);
            boolean cancelled = pending.cancel(true);
            assert cancelled || pending.isDone();
            throw late;
        }
    }

    private static void close(HttpResponse<InputStream> late) {
        try {
            late.body().close();
        } catch (IOException ignored) {
            // The answer is no longer needed.
        }
    }

    private HttpRequest request() {
        String from = last > 0
                ? "after=" + last
                : settings.back() == null ? "" : "back=" + settings.back().toSeconds();
        String query = from + "&events=" + URLEncoder.encode(settings.filter().text(), StandardCharsets.UTF_8);
        String base = settings.server().toString().replaceFirst("/+$", "");
        return HttpRequest.newBuilder(URI.create(base + FeedServlet.PATH + "?" + query))
                .header("Authorization", "Bearer " + settings.token())
                .build();
    }

    private String read(InputStream body) throws IOException, InterruptedException {
        lastLine = System.nanoTime();
        ScheduledFuture<?> watch = watchman.scheduleWithFixedDelay(this::disconnectIfSilent, 1, 1, TimeUnit.SECONDS);
        try {
            BufferedReader lines = new BufferedReader(new InputStreamReader(body, StandardCharsets.UTF_8));
            for (String text = lines.readLine(); text != null && !reconnection.isStopped(); text = lines.readLine()) {
                FeedLine line = FeedLine.parse(text);
                if (line != null) {
                    take(line);
                }
                lastLine = System.nanoTime();
            }
            return "the server ended the connection";
        } finally {
            watch.cancel(false);
        }
    }

    private void disconnectIfSilent() {
        if (!busy && System.nanoTime() - lastLine > SILENCE.toNanos()) {
            disconnect();
        }
    }

    private void take(FeedLine line) throws InterruptedException {
        String id = line.messageId();
        if (line.kind() == FeedLine.Kind.READY) {
            reconnection.connected();
            if (begin == 0) {
                begin = line.at()
                        - (settings.back() == null ? 0 : settings.back().toMillis());
                last = begin;
            }
        }
        // The messages that the server sends again may be older than the start that was originally requested.
        if (id != null && line.at() >= begin && isNew(id)) {
            byte[] body = line.body();
            if (body == null) {
                listening.expired(id, line.type(), line.entityId());
            } else {
                busy = true;
                forwarder.submit(arrival(line, id, body));
                busy = false;
            }
            lastLine = System.nanoTime();
            last = Math.max(last, line.at());
        }
    }

    private boolean isNew(String id) {
        if (known.put(id, true) != null) {
            return false;
        }
        if (known.size() > MAX_KNOWN) {
            known.remove(known.keySet().iterator().next());
        }
        return true;
    }

    private Arrival arrival(FeedLine line, String id, byte[] body) {
        String type = line.type() == null ? "" : line.type();
        OutgoingMessage message = new OutgoingMessage(id, type, line.entityId(), body);
        List<MessageSigner> signers = List.of(settings.signer());
        return new Arrival(
                id,
                line.type(),
                line.entityId(),
                Arrival.lane(id, line.type(), line.entityId(), body),
                line.state(),
                () -> SignedRequest.of(
                        settings.target(), message, clock.instant().getEpochSecond(), signers, Map.of()),
                answer -> {});
    }
}
