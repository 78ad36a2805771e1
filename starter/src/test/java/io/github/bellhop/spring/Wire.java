package io.github.bellhop.spring;

import io.github.bellhop.test.SignedEvent;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;

/** Sends requests to the app under test as external clients do. */
record Wire(int port) {
    static final String SECRET = "whsec_" + "dGhlIHNlY3JldCBvZiB0aGUgdGVzdHMgb2YgdGVzdHM=";
    static final String PATH = "/api/webhooks/clerk";

    private static final HttpClient CLIENT = HttpClient.newHttpClient();

    HttpResponse<String> deliver(SignedEvent event) throws IOException, InterruptedException {
        return deliver(event, PATH);
    }

    HttpResponse<String> deliver(SignedEvent event, String path) throws IOException, InterruptedException {
        HttpRequest.Builder request = request(path).POST(HttpRequest.BodyPublishers.ofByteArray(event.body()));
        event.headers().forEach(request::header);
        return CLIENT.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    HttpResponse<String> get(String path) throws IOException, InterruptedException {
        return CLIENT.send(request(path).GET().build(), HttpResponse.BodyHandlers.ofString());
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create("http://localhost:" + port + path))
                .timeout(Duration.ofSeconds(20));
    }
}
