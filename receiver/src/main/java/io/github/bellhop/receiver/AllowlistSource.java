package io.github.bellhop.receiver;

import io.github.bellhop.sync.backend.WholeAnswer;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Asks the list's URL. Follows no redirect; the whole answer is limited in time and size. */
final class AllowlistSource {
    private static final int MAX_BYTES = 256 * 1024;

    private final URI url;
    private final Duration timeout;
    private final HttpClient client;

    /**
     * An answer.
     *
     * @param json what came
     * @param etag what to ask with the next time
     */
    @SuppressWarnings("ArrayRecordComponent") // handed on once, never compared
    record Fetched(byte[] json, @Nullable String etag) {}

    AllowlistSource(URI url, Duration timeout) {
        this.url = url;
        this.timeout = timeout;
        client = HttpClient.newBuilder().connectTimeout(timeout).build();
    }

    /**
     * Asks once.
     *
     * @param etag that of the last good answer
     * @return the answer; null when it is the same as the last good one
     * @throws IOException when there is none of status 200 or 304 in time
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
