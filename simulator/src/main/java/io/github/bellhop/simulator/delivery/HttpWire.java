package io.github.bellhop.simulator.delivery;

import java.io.ByteArrayOutputStream;
import java.net.ConnectException;
import java.net.URI;
import java.net.UnknownHostException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodySubscriber;
import java.net.http.HttpResponse.BodySubscribers;
import java.net.http.HttpTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;

/**
 * Posts requests over the network, or calls receivers in this program that are connected to a URL. Follows no redirects
 * and reuses connections. Safe for concurrent use.
 */
public final class HttpWire implements Wire {
    /** How long Svix waits for the complete answer. */
    static final Duration TIMEOUT = Duration.ofSeconds(15);

    /** How many bytes of an answer Svix stores. */
    static final int KEPT_BYTES = 20_000;

    /** Maps causes of an error to its name; the first match counts. */
    private static final List<Map.Entry<? extends Class<? extends Throwable>, String>> ERRORS = List.of(
            Map.entry(TimeoutException.class, WireAnswer.TIMED_OUT),
            Map.entry(HttpTimeoutException.class, WireAnswer.TIMED_OUT),
            Map.entry(UnresolvedAddressException.class, WireAnswer.UNKNOWN_HOST),
            Map.entry(UnknownHostException.class, WireAnswer.UNKNOWN_HOST),
            Map.entry(TargetRule.TargetNotAllowedException.class, WireAnswer.TARGET_NOT_ALLOWED),
            Map.entry(ConnectException.class, WireAnswer.CONNECTION_REFUSED));

    private final Map<URI, Receiver> receivers = new ConcurrentHashMap<>();
    private final HttpClient client;
    private final TargetRule targets;
    private final Duration timeout;

    /** Creates a wire to the addresses that the rule allows. */
    public HttpWire(TargetRule targets) {
        this(targets, TIMEOUT);
    }

    HttpWire(TargetRule targets, Duration timeout) {
        this.client = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .followRedirects(HttpClient.Redirect.NEVER)
                .connectTimeout(timeout)
                .build();
        this.targets = targets;
        this.timeout = timeout;
    }

    /** Sends all later requests for exactly this URL to the receiver, on the sending thread. */
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
        return targets.addresses(request.url())
                .thenCompose(urls -> post(request, urls, 0))
                .handle((response, failed) -> failed == null ? answered(response, start) : failed(failed, start));
    }

    /** Tries the addresses of a host name in turn until one accepts the connection, as browsers do for localhost. */
    private CompletableFuture<HttpResponse<String>> post(SignedRequest request, List<URI> urls, int place) {
        return exchange(http(request, urls.get(place)))
                .exceptionallyCompose(failed -> place + 1 < urls.size() && causedBy(failed, ConnectException.class)
                        ? post(request, urls, place + 1)
                        : CompletableFuture.failedFuture(failed));
    }

    private CompletableFuture<HttpResponse<String>> exchange(HttpRequest request) {
        CompletableFuture<HttpResponse<String>> exchange = client.sendAsync(request, ignored -> beginning());
        return exchange.copy()
                .orTimeout(timeout.toMillis(), TimeUnit.MILLISECONDS)
                .whenComplete((response, failed) -> exchange.cancel(true));
    }

    private static HttpRequest http(SignedRequest request, URI url) {
        HttpRequest.Builder builder = HttpRequest.newBuilder(url);
        request.headers().forEach(builder::header);
        return builder.POST(HttpRequest.BodyPublishers.ofByteArray(request.bytes()))
                .build();
    }

    private static WireAnswer answered(Receiver receiver, SignedRequest request, long start) {
        try {
            int status = receiver.receive(request.headers(), request.body());
            return new WireAnswer(status, Map.of(), "", null, since(start));
        } catch (RuntimeException fault) {
            return new WireAnswer(500, Map.of(), fault.getClass().getSimpleName(), null, since(start));
        }
    }

    private static WireAnswer answered(HttpResponse<String> response, long start) {
        Map<String, String> headers = new HashMap<>();
        response.headers().map().forEach((name, values) -> headers.put(name.toLowerCase(Locale.ROOT), values.get(0)));
        return new WireAnswer(response.statusCode(), headers, response.body(), null, since(start));
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

    /** Reads the whole answer but keeps only its beginning, to bound memory. */
    private static BodySubscriber<String> beginning() {
        ByteArrayOutputStream kept = new ByteArrayOutputStream();
        BodySubscriber<Void> parts = BodySubscribers.ofByteArrayConsumer(part ->
                part.ifPresent(bytes -> kept.write(bytes, 0, Math.min(bytes.length, KEPT_BYTES - kept.size()))));
        return BodySubscribers.mapping(parts, ended -> kept.toString(StandardCharsets.UTF_8));
    }
}
