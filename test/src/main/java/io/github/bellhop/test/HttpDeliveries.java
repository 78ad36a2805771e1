package io.github.bellhop.test;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;

/** Posts over HTTP with the JDK's client. Thread-safe. */
record HttpDeliveries(URI webhook) implements Deliveries {
    private static final HttpClient CLIENT =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    /** Longer than the receiver can take to answer. */
    private static final Duration TIMEOUT = Duration.ofSeconds(20);

    @Override
    public DeliveryAnswer post(SignedEvent event) {
        HttpRequest.Builder request = HttpRequest.newBuilder(webhook)
                .timeout(TIMEOUT)
                .POST(HttpRequest.BodyPublishers.ofByteArray(event.body()));
        event.headers().forEach(request::header);
        try {
            HttpResponse<String> answer = CLIENT.send(request.build(), HttpResponse.BodyHandlers.ofString());
            return new DeliveryAnswer(answer.statusCode(), answer.body());
        } catch (IOException unreachable) {
            throw new UncheckedIOException(
                    "No answer from " + webhook + ". Make sure that the app is running and listening there.",
                    unreachable);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while waiting for an answer from " + webhook + ".", stopped);
        }
    }
}
