package io.github.bellhop.simulator.svix;

import io.github.bellhop.signature.DeliveryHeaders;
import io.github.bellhop.signature.SignatureVerifier;
import io.github.bellhop.signature.SigningSecret;
import io.github.bellhop.simulator.delivery.Receiver;
import io.github.bellhop.simulator.testing.ManualClock;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.UnaryOperator;

/** A service on a manual clock, with one application and in-process receivers. */
final class SvixBench {
    static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");
    static final String URL = "http://127.0.0.1:1/hook";

    final ManualClock clock = new ManualClock(NOON);
    final SvixService svix;
    final String app;
    final List<Got> got = Collections.synchronizedList(new ArrayList<>());

    /** The status that the receivers return. */
    volatile int answer = 200;

    /** One delivery. */
    record Got(String path, Instant at, Map<String, String> headers, String body) {
        String id() {
            return headers.getOrDefault("svix-id", "");
        }

        String signatures() {
            return headers.getOrDefault("svix-signature", "");
        }

        Instant timestamp() {
            return Instant.ofEpochSecond(Long.parseLong(headers.getOrDefault("svix-timestamp", "")));
        }
    }

    SvixBench() {
        this(settings -> settings);
    }

    SvixBench(UnaryOperator<SvixSettings> changed) {
        svix = new SvixService(changed.apply(SvixSettings.of(clock, new SplittableRandom(11))));
        app = svix.applications().create(Application.Settings.named("Bench")).id();
    }

    Endpoint endpoint() {
        return endpoint(EndpointSettings.to(URL));
    }

    Endpoint endpoint(EndpointSettings settings) {
        receive(settings.url(), (headers, body) -> answer);
        return svix.endpoints().create(app, settings);
    }

    /** Adds a receiver at this URL. Its deliveries are recorded too. */
    void receive(String url, Receiver receiver) {
        URI uri = URI.create(url);
        svix.connect(uri, (headers, body) -> {
            got.add(new Got(uri.getPath(), clock.instant(), headers, new String(body, StandardCharsets.UTF_8)));
            return receiver.receive(headers, body);
        });
    }

    /** Creates a message and makes all attempts that are due. */
    String send(String type, String payload) {
        String id = svix.messages().create(app, NewMessage.of(type, payload)).id();
        svix.runDue();
        return id;
    }

    String send() {
        return send("user.created", "{\"type\":\"user.created\"}");
    }

    /** Moves the clock to the time of the next attempt and makes the attempt. Returns how far the clock was moved. */
    Duration next() {
        Instant before = clock.instant();
        clock.set(svix.nextDue());
        svix.runDue();
        return Duration.between(before, clock.instant());
    }

    void pass(Duration time) {
        clock.advance(time);
        svix.runDue();
    }

    List<Attempt> attempts(String message) {
        return svix.attempts()
                .ofMessage(app, message, Filter.ALL, PageQuery.first())
                .data();
    }

    AttemptStatus status(String message, Endpoint endpoint) {
        return svix.attempts().endpointsOf(app, message, PageQuery.first()).data().stream()
                .filter(delivery -> delivery.subject().id().equals(endpoint.id()))
                .findFirst()
                .orElseThrow()
                .status();
    }

    String secret(Endpoint endpoint) {
        return svix.endpoints().secret(app, endpoint.id());
    }

    /** Returns the verdict of a receiver with this secret: {@code verified}, or the reason for the rejection. */
    String verdict(String secret, Got delivery) {
        SignatureVerifier verifier =
                SignatureVerifier.of(List.of(SigningSecret.parse(secret)), clock, SignatureVerifier.DEFAULT_TOLERANCE);
        return verifier.verify(
                        DeliveryHeaders.ofSingle(delivery.headers()),
                        delivery.body().getBytes(StandardCharsets.UTF_8))
                .fold(verified -> "verified", rejected -> rejected.reason().id());
    }
}
