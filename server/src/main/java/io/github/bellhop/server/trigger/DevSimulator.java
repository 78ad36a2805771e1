package io.github.bellhop.server.trigger;

import io.github.bellhop.simulator.clerk.WantedEvent;
import io.github.bellhop.simulator.delivery.OutgoingMessage;
import io.github.bellhop.simulator.http.ApiJson;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The simulator of a {@code bellhop dev} on this machine. It makes the events that {@code bellhop trigger} sends, so that
 * their entities exist in its Backend API. Safe for concurrent use.
 */
public final class DevSimulator {
    private static final Duration TIMEOUT = Duration.ofSeconds(5);
    private static final int CONNECT_MILLIS = 500;

    private final HttpClient http = HttpClient.newBuilder()
            .proxy(HttpClient.Builder.NO_PROXY)
            .connectTimeout(TIMEOUT)
            .build();
    private final URI events;
    private final String secretKey;

    private DevSimulator(int port, String secretKey) {
        this.events = URI.create("http://127.0.0.1:" + port + "/simulator/events");
        this.secretKey = secretKey;
    }

    /**
     * Returns the simulator on a port of this machine; empty if nothing listens there.
     *
     * @param secretKey the key of its Backend API
     */
    public static Optional<DevSimulator> find(int port, String secretKey) {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), CONNECT_MILLIS);
            return Optional.of(new DevSimulator(port, secretKey));
        } catch (IOException notListening) {
            return Optional.empty();
        }
    }

    /**
     * Makes an event and stores its entity in the simulator, which does not send it.
     *
     * @param messageId the id of the message
     * @return empty if what answers is not a simulator, or has another secret key
     * @throws RefusedEventException if the simulator refuses the event
     */
    public Optional<OutgoingMessage> event(String messageId, WantedEvent wanted) throws InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(events)
                .timeout(TIMEOUT)
                .header("Authorization", "Bearer " + secretKey)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofByteArray(ApiJson.write(body(wanted))))
                .build();
        try {
            HttpResponse<byte[]> response = http.send(request, HttpResponse.BodyHandlers.ofByteArray());
            JsonNode answer = ApiJson.read(response.body());
            if (response.statusCode() == 200 && answer.path("payload").isObject()) {
                return Optional.of(new OutgoingMessage(
                        messageId,
                        wanted.type(),
                        answer.path("entity_id").asString(null),
                        ApiJson.writeSorted(answer.path("payload"))));
            }
            if (response.statusCode() != 401 && answer.path("detail").isString()) {
                throw new RefusedEventException(answer.path("detail").stringValue());
            }
        } catch (IOException | JacksonException noSimulator) {
            return Optional.empty();
        }
        return Optional.empty();
    }

    private static ObjectNode body(WantedEvent wanted) {
        ObjectNode body = ApiJson.object().put("type", wanted.type()).put("deliver", false);
        wanted.ids().forEach(body.putArray("ids")::add);
        ObjectNode settings = body.putObject("set");
        wanted.settings().forEach(settings::set);
        if (wanted.instanceId() != null) {
            body.put("instance_id", wanted.instanceId());
        }
        return body;
    }
}
