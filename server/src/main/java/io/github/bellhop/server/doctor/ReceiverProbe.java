package io.github.bellhop.server.doctor;

import io.github.bellhop.receiver.ProbeAnswer;
import io.github.bellhop.server.doctor.ReceiverAnswer.Fault;
import io.github.bellhop.signature.MessageSigner;
import io.github.bellhop.sync.backend.WholeAnswer;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.UUID;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/** Sends one unsigned and one signed delivery to a receiver and keeps the answers for all checks. Thread-safe. */
final class ReceiverProbe {
    private static final int MAX_ANSWER_BYTES = 1024 * 1024;
    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(5);
    /** The time that Svix waits for an answer. */
    private static final Duration TIMEOUT = Duration.ofSeconds(15);

    private final URI url;
    private final @Nullable MessageSigner signer;
    private final InstantSource clock;
    private final HttpClient client;
    private @Nullable ReceiverAnswer unsigned;
    private @Nullable ReceiverAnswer signed;

    ReceiverProbe(URI url, @Nullable MessageSigner signer, Examination examination) {
        this.url = url;
        this.signer = signer;
        this.clock = examination.clock();
        HttpClient.Builder builder = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .followRedirects(HttpClient.Redirect.NEVER)
                .connectTimeout(CONNECT_TIMEOUT);
        if (examination.trust() != null) {
            builder.sslContext(Handshake.context(examination.trust()));
        }
        this.client = builder.build();
    }

    /** Returns the answer to a delivery without a signature. */
    synchronized ReceiverAnswer unsigned() throws InterruptedException {
        if (unsigned == null) {
            unsigned = send(request(url, "{}".getBytes(StandardCharsets.UTF_8)));
        }
        return unsigned;
    }

    /** A receiver that rejects this machine's address still answers a signed probe. */
    private static boolean isWorthSigning(ReceiverAnswer unsigned) {
        return unsigned.status() == 400 || unsigned.isSourceNotAllowed();
    }

    /**
     * Returns the answer to a signed probe; null if no secret can sign it or the unsigned delivery was not rejected.
     */
    synchronized @Nullable ReceiverAnswer signed() throws InterruptedException {
        if (signed == null && signer != null && isWorthSigning(unsigned())) {
            long now = clock.millis();
            String id = ProbeAnswer.ID_PREFIX + UUID.randomUUID().toString().replace("-", "");
            byte[] body = ("{\"object\":\"event\",\"type\":\"" + ProbeAnswer.TYPE
                            + "\",\"data\":{\"object\":\"probe\"},\"timestamp\":" + now + "}")
                    .getBytes(StandardCharsets.UTF_8);
            signed = send(request(url, body)
                    .header("svix-id", id)
                    .header("svix-timestamp", Long.toString(now / 1000))
                    .header("svix-signature", signer.sign(id, now / 1000, body)));
        }
        return signed;
    }

    /** Returns what a Bellhop receiver reports about a signed probe; null if it did not report anything. */
    @Nullable
    ProbeAnswer probeAnswer() throws InterruptedException {
        ReceiverAnswer answer = signed();
        return answer == null || answer.status() != 200 ? null : ProbeAnswer.read(answer.body());
    }

    /** Sends a GET request to another address and returns the answer. */
    ReceiverAnswer get(URI elsewhere) throws InterruptedException {
        return send(HttpRequest.newBuilder(elsewhere).header("User-Agent", ProbeAnswer.DOCTOR));
    }

    /** Returns the URL with a trailing slash added to or removed from its path; null if the path is empty or "/". */
    @Nullable
    URI slashed() {
        String path = String.valueOf(url.getRawPath());
        if (path.length() < 2) {
            return null;
        }
        String other = path.endsWith("/") ? path.substring(0, path.length() - 1) : path + "/";
        String query = url.getRawQuery() == null ? "" : "?" + url.getRawQuery();
        return URI.create(url.getScheme() + "://" + url.getRawAuthority() + other + query);
    }

    /** Sends a delivery without a signature to another address and returns the answer. */
    ReceiverAnswer unsignedAt(URI elsewhere) throws InterruptedException {
        return send(request(elsewhere, "{}".getBytes(StandardCharsets.UTF_8)));
    }

    private static HttpRequest.Builder request(URI url, byte[] body) {
        return HttpRequest.newBuilder(url)
                .header("Content-Type", "application/json")
                .header("User-Agent", ProbeAnswer.DOCTOR)
                .POST(HttpRequest.BodyPublishers.ofByteArray(body));
    }

    private ReceiverAnswer send(HttpRequest.Builder request) throws InterruptedException {
        Instant sentAt = clock.instant();
        long start = System.nanoTime();
        try {
            HttpResponse<byte[]> answer = WholeAnswer.to(client, request.build(), MAX_ANSWER_BYTES, TIMEOUT);
            Duration took = Duration.ofNanos(System.nanoTime() - start);
            return new ReceiverAnswer(answer.statusCode(), answer.headers(), answer.body(), null, sentAt, took);
        } catch (IOException fault) {
            return ReceiverAnswer.none(kind(fault), sentAt);
        }
    }

    private static Fault kind(IOException fault) {
        for (Throwable cause = fault; cause != null; cause = cause.getCause()) {
            if (cause instanceof UnresolvedAddressException) {
                return Fault.UNKNOWN_HOST;
            }
            if (cause instanceof SSLException) {
                return Fault.TLS;
            }
            if (cause instanceof HttpTimeoutException) {
                return Fault.TIMED_OUT;
            }
        }
        return fault instanceof ConnectException ? Fault.REFUSED : Fault.BROKEN;
    }
}
