package io.github.bellhop.receiver;

import io.github.bellhop.sync.backend.WholeAnswer;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Fetches the list from its URL. It follows no redirects and limits the time and size of the whole response. */
final class AllowlistSource {
    private static final int MAX_BYTES = 256 * 1024;

    private final URI url;
    private final Duration timeout;
    private final HttpClient client;

    /**
     * A new list.
     *
     * @param json the response body
     * @param etag the ETag for the next request
     */
    @SuppressWarnings("ArrayRecordComponent") // passed on once, never compared
    record Fetched(byte[] json, @Nullable String etag) {}

    AllowlistSource(URI url, Duration timeout) {
        this.url = url;
        this.timeout = timeout;
        client = HttpClient.newBuilder().connectTimeout(timeout).build();
    }

    /**
     * Sends one request.
     *
     * @param etag the ETag of the last good response
     * @return the new list; null if it has not changed since the last good response
     * @throws IOException if no response with status 200 or 304 arrives in time
     */
    @Nullable
    Fetched fetch(@Nullable String etag) throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(url);
        if (etag != null) {
            request.header("If-None-Match", etag);
        }
        HttpResponse<byte[]> answer = WholeAnswer.to(client, request.build(), MAX_BYTES, timeout);
        if (answer.statusCode() == 304 && etag != null) {
            return null;
        }
        if (answer.statusCode() != 200) {
            throw new IOException("status " + answer.statusCode());
        }
        return new Fetched(answer.body(), answer.headers().firstValue("ETag").orElse(null));
    }
}
