package io.github.bellhop.simulator.svix.api;

import io.github.bellhop.simulator.http.ApiJson;
import io.github.bellhop.simulator.testing.Judge;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import tools.jackson.databind.JsonNode;

/** Calls the API over HTTP, as curl would. */
final class ApiClient {
    private final HttpClient http = HttpClient.newHttpClient();
    private final String url;
    private final String token;

    /** An answer. A missing body is represented by an empty object. */
    record Answer(int status, JsonNode body) {
        String text(String pointer) {
            return body.at(pointer).stringValue();
        }
    }

    ApiClient(String url, String token) {
        this.url = url;
        this.token = token;
    }

    Answer get(String path) {
        return send("GET", path, "");
    }

    Answer post(String path, String body, String... headers) {
        return send("POST", path, body, headers);
    }

    Answer send(String method, String path, String body, String... headers) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(url + path))
                .method(method, HttpRequest.BodyPublishers.ofString(body));
        if (!token.isEmpty()) {
            request.header("Authorization", "Bearer " + token);
        }
        if (headers.length > 0) {
            request.headers(headers);
        }
        try {
            HttpResponse<String> response = http.send(request.build(), HttpResponse.BodyHandlers.ofString());
            String text = response.body();
            JsonNode json = text.isEmpty() ? ApiJson.object() : ApiJson.read(text);
            Judge.svix(method, path, response.statusCode(), text.isEmpty() ? null : json);
            return new Answer(response.statusCode(), json);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        } catch (InterruptedException stopped) {
            throw new IllegalStateException(stopped);
        }
    }
}
