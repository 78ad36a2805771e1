package io.github.bellhop.simulator.delivery;

import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import java.util.stream.Stream;
import javax.net.ssl.SSLSocketFactory;

/**
 * Sends requests over the network, or to the receivers in this program that are connected to their URL. Follows no
 * redirects and reuses connections. Safe for concurrent use.
 */
public final class HttpWire implements Wire {
    /** How long Svix waits for the complete answer. */
    static final Duration TIMEOUT = Duration.ofSeconds(15);

    private static final int SECONDS_OF_IDLE_THREADS = 5;

    /** Maps classes of exceptions to the names of errors; the first match applies. */
    private static final List<Map.Entry<? extends Class<? extends Throwable>, String>> ERRORS = List.of(
            Map.entry(TimeoutException.class, WireAnswer.TIMED_OUT),
            Map.entry(UnknownHostException.class, WireAnswer.UNKNOWN_HOST),
            Map.entry(TargetRule.TargetNotAllowedException.class, WireAnswer.TARGET_NOT_ALLOWED),
            Map.entry(ConnectException.class, WireAnswer.CONNECTION_REFUSED));

    private final Map<URI, Receiver> receivers = new ConcurrentHashMap<>();
    private final ExecutorService threads = new ThreadPoolExecutor(
            0,
            Integer.MAX_VALUE,
            SECONDS_OF_IDLE_THREADS,
            TimeUnit.SECONDS,
            new SynchronousQueue<>(),
            HttpWire::daemon);
    private final HttpConnections connections;
    private final TargetRule targets;
    private final Duration timeout;

    /** Creates a wire that sends only to addresses that the rule allows. */
    public HttpWire(TargetRule targets) {
        this(targets, TIMEOUT);
    }

    HttpWire(TargetRule targets, Duration timeout) {
        this(targets, timeout, () -> (SSLSocketFactory) SSLSocketFactory.getDefault());
    }

    HttpWire(TargetRule targets, Duration timeout, Supplier<SSLSocketFactory> tls) {
        this.targets = targets;
        this.timeout = timeout;
        this.connections = new HttpConnections(tls);
    }

    private static Thread daemon(Runnable work) {
        Thread thread = new Thread(work, "bellhop-delivery");
        thread.setDaemon(true);
        return thread;
    }

    /** Passes all later requests for exactly this URL to the receiver, on the thread that sends them. */
    public void connect(URI url, Receiver receiver) {
        receivers.put(url, receiver);
    }

    @Override
    public CompletableFuture<WireAnswer> send(SignedRequest request) {
        long start = System.nanoTime();
        Receiver receiver = receivers.get(request.url());
        if (receiver != null) {
            return CompletableFuture.completedFuture(answered(receiver, request, start));
        }
        return post(request)
                .handle((response, failed) -> failed == null ? answered(response, start) : failed(failed, start));
    }

    /** Sends the request on another thread, which is interrupted after the timeout. */
    private CompletableFuture<HttpResponse> post(SignedRequest request) {
        CompletableFuture<HttpResponse> response = new CompletableFuture<>();
        Future<?> work = threads.submit(() -> {
            try {
                response.complete(postToFirst(targets.addresses(request.url()), request));
            } catch (IOException | RuntimeException failed) {
                response.completeExceptionally(failed);
            }
        });
        return response.orTimeout(timeout.toMillis(), TimeUnit.MILLISECONDS).whenComplete((answer, failed) -> {
            if (failed instanceof TimeoutException) {
                work.cancel(true);
            }
        });
    }

    /** Tries the addresses of a host in turn until one accepts the connection, as browsers do for localhost. */
    private HttpResponse postToFirst(List<InetAddress> addresses, SignedRequest request) throws IOException {
        Iterator<InetAddress> all = addresses.iterator();
        while (true) {
            try {
                return connections.post(Route.to(request.url(), all.next()), request);
            } catch (ConnectException refused) {
                if (!all.hasNext()) {
                    throw refused;
                }
            }
        }
    }

    private static WireAnswer answered(Receiver receiver, SignedRequest request, long start) {
        try {
            int status = receiver.receive(request.headers(), request.body());
            return new WireAnswer(status, Map.of(), "", null, since(start));
        } catch (RuntimeException fault) {
            return new WireAnswer(500, Map.of(), fault.getClass().getSimpleName(), null, since(start));
        }
    }

    private static WireAnswer answered(HttpResponse response, long start) {
        return new WireAnswer(response.status(), response.headers(), response.text(), null, since(start));
    }

    private static WireAnswer failed(Throwable failed, long start) {
        Throwable cause =
                failed instanceof CompletionException && failed.getCause() != null ? failed.getCause() : failed;
        String reason = ERRORS.stream()
                .filter(known -> causedBy(cause, known.getKey()))
                .map(Map.Entry::getValue)
                .findFirst()
                .orElse(cause.getClass().getSimpleName());
        String text = reason.equals(WireAnswer.TIMED_OUT) ? "no answer in time" : String.valueOf(cause.getMessage());
        return WireAnswer.none(reason, text, since(start));
    }

    private static boolean causedBy(Throwable error, Class<? extends Throwable> kind) {
        return Stream.iterate(error, cause -> cause != null, Throwable::getCause)
                .anyMatch(kind::isInstance);
    }

    private static Duration since(long start) {
        return Duration.ofNanos(System.nanoTime() - start);
    }
}
