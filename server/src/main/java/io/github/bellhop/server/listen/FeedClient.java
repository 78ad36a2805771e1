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
 * Takes messages from a running server, over one connection that it opens. When that breaks, it goes on after the last
 * message that it got; the server tells the last half minute of that again, and what came already is known by its id.
 */
public final class FeedClient implements Source {
    /** Without a line for so long, heartbeats included, the connection is taken for dead. */
    private static final Duration SILENCE = Duration.ofSeconds(35);

    /** How long a server may usually take to begin its answer. */
    public static final Duration PATIENCE = Duration.ofSeconds(20);

    /** As many as the server remembers of the time that it tells again. */
    private static final int REMEMBERED = 60_000;

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
     * What to take, and for whom.
     *
     * @param server   where the server's operator's port is
     * @param token    the listen token
     * @param filter   which events
     * @param back     how far to go back at the start; null for what comes from now on
     * @param target   where the app is
     * @param signer   the secret that the app verifies with
     * @param patience how long the server may take to begin its answer
     */
    public record Settings(
            URI server,
            String token,
            EventFilter filter,
            @Nullable Duration back,
            URI target,
            MessageSigner signer,
            Duration patience) {
        /** The address of the server, and no secret. */
        @Override
        public String toString() {
            return "Settings[" + server.getHost() + "]";
        }
    }

    /** A client that is not yet running. */
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

    /** On a thread of its own, since who reads an answer notices no interrupt. */
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
        hangUp();
    }

    @Override
    public void close() {
        hangUp();
    }

    private void hangUp() {
        InputStream stream = open;
        if (stream != null) {
            try {
                stream.close();
            } catch (IOException ignored) {
                // It is of no use any more either way.
            }
        }
    }

    /** Reads one connection to its end; tells why it ended. */
    private String connect() throws InterruptedException {
        HttpResponse<InputStream> response;
        try {
            // Not the request's own time-out, which later versions of Java hold against the whole answer.
            response = begin();
        } catch (ExecutionException failed) {
            return failed.getCause() instanceof ConnectException ? "nothing listens there" : "the connection broke";
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
                case 503 -> "it has no room for another listener, or is not ready (503)";
                default -> "it answers " + response.statusCode();
            };
        } catch (IOException broken) {
            return "the connection broke";
        } finally {
            open = null;
        }
    }

    /** An answer that comes after its time is let go of, since it holds a connection here and a place there. */
    private HttpResponse<InputStream> begin() throws InterruptedException, ExecutionException, TimeoutException {
        CompletableFuture<HttpResponse<InputStream>> coming = http.sendAsync(request(), BodyHandlers.ofInputStream());
        try {
            return coming.get(settings.patience().toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException | InterruptedException late) {
            CompletableFuture<Void> unused = coming.thenAccept(FeedClient::letGo);
            boolean cancelled = coming.cancel(true);
            assert cancelled || coming.isDone();
            throw late;
        }
    }

    private static void letGo(HttpResponse<InputStream> late) {
        try {
            late.body().close();
        } catch (IOException ignored) {
            // It is of no use any more either way.
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
        ScheduledFuture<?> watch = watchman.scheduleWithFixedDelay(this::hangUpWhenSilent, 1, 1, TimeUnit.SECONDS);
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

    private void hangUpWhenSilent() {
        if (!busy && System.nanoTime() - lastLine > SILENCE.toNanos()) {
            hangUp();
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
        // What the server tells again may reach further back than what was asked for at first.
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
        if (known.size() > REMEMBERED) {
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
