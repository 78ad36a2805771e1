package io.github.bellhop.simulator.delivery;

import io.github.bellhop.signature.MessageSigner;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * Signs messages and posts them to one endpoint, in the form of Svix's requests. It makes one attempt, follows no
 * redirect and throws for no answer: what went wrong is in the result. Safe for concurrent use; connections are kept
 * and used again.
 */
public final class EventSender {
    /** How long Svix waits for the whole answer. */
    public static final Duration TIMEOUT = Duration.ofSeconds(15);

    private static final String USER_AGENT = "Svix-Webhooks/1.84.0 (sender-9YMgn; +https://www.svix.com/http-sender/)";

    private final HttpClient client = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .followRedirects(HttpClient.Redirect.NEVER)
            .connectTimeout(TIMEOUT)
            .build();
    private final URI endpoint;
    private final MessageSigner signer;
    private final InstantSource clock;
    private final Duration timeout;

    /**
     * A sender to one endpoint.
     *
     * @param endpoint an http or https address with a host
     * @param signer   the endpoint's secret
     * @param clock    dates the attempts
     * @throws IllegalArgumentException when the endpoint is another kind of address
     */
    public EventSender(URI endpoint, MessageSigner signer, InstantSource clock) {
        this(endpoint, signer, clock, TIMEOUT);
    }

    EventSender(URI endpoint, MessageSigner signer, InstantSource clock, Duration timeout) {
        // The client's own check, made here rather than at the first message.
        HttpRequest.newBuilder(endpoint);
        this.endpoint = endpoint;
        this.signer = signer;
        this.clock = clock;
        this.timeout = timeout;
    }

    /** Where the messages go. */
    public URI endpoint() {
        return endpoint;
    }

    /**
     * Makes one attempt to deliver a message, and waits for its end, {@link #TIMEOUT} at most.
     *
     * @throws InterruptedException when the thread is interrupted; the message may then have arrived or not
     */
    public DeliveryResult send(OutgoingMessage message) throws InterruptedException {
        HttpRequest request = request(message);
        long start = System.nanoTime();
        CompletableFuture<HttpResponse<String>> exchange = client.sendAsync(request, answer -> new AnswerText());
        try {
            HttpResponse<String> response = exchange.get(timeout.toMillis(), TimeUnit.MILLISECONDS);
            String reason = ProblemReason.in(response.body());
            return result(message, response.statusCode(), start, reason, response.body());
        } catch (ExecutionException failed) {
            Throwable cause = failed.getCause() == null ? failed : failed.getCause();
            return result(message, 0, start, reason(cause), String.valueOf(cause.getMessage()));
        } catch (TimeoutException late) {
            return result(message, 0, start, DeliveryResult.TIMED_OUT, "no answer in time");
        } finally {
            exchange.cancel(true);
        }
    }

    private HttpRequest request(OutgoingMessage message) {
        long timestamp = clock.instant().getEpochSecond();
        return HttpRequest.newBuilder(endpoint)
                .header("svix-id", message.messageId())
                .header("svix-timestamp", Long.toString(timestamp))
                .header("svix-signature", signer.sign(message.messageId(), timestamp, message.payload()))
                .header("content-type", "application/json")
                .header("accept", "*/*")
                .header("user-agent", USER_AGENT)
                .POST(HttpRequest.BodyPublishers.ofByteArray(message.payload()))
                .build();
    }

    private static DeliveryResult result(
            OutgoingMessage message, int status, long start, @Nullable String reason, String answer) {
        Duration latency = Duration.ofNanos(System.nanoTime() - start);
        return new DeliveryResult(
                message.messageId(), message.type(), message.entityId(), status, latency, reason, answer);
    }

    private static String reason(Throwable error) {
        if (causedBy(error, UnresolvedAddressException.class)) {
            return DeliveryResult.UNKNOWN_HOST;
        }
        if (causedBy(error, HttpTimeoutException.class)) {
            return DeliveryResult.TIMED_OUT;
        }
        if (causedBy(error, ConnectException.class)) {
            return DeliveryResult.CONNECTION_REFUSED;
        }
        return error.getClass().getSimpleName();
    }

    private static boolean causedBy(Throwable error, Class<? extends Throwable> kind) {
        for (Throwable cause = error; cause != null; cause = cause.getCause()) {
            if (kind.isInstance(cause)) {
                return true;
            }
        }
        return false;
    }
}
