package io.github.bellhop.sync.backend;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/**
 * A read-only client of Clerk's Backend API. Each call makes one request, without retries or redirects. An entity may
 * be up to 1 MiB long and a page up to 16 MiB; each must arrive within the timeouts. Every outcome is returned as a
 * value. The secret key appears only in the request header. Thread-safe.
 */
public final class BackendApi {
    /** The API version to request. Clerk does not document which version it uses if the header is missing. */
    static final String VERSION = "2026-05-12";

    private static final int MAX_BYTES = 1024 * 1024;
    private static final int MAX_PAGE_BYTES = 16 * 1024 * 1024;
    private static final Duration DEFAULT_PAUSE = Duration.ofSeconds(10);
    private static final Duration MAX_PAUSE = Duration.ofHours(1);

    private final BackendApiSettings settings;
    private final String origin;
    private final HttpClient client;

    /** Creates a client without connecting. */
    public BackendApi(BackendApiSettings settings) {
        this.settings = settings;
        this.origin = settings.url().toString().replaceFirst("/$", "");
        this.client = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .followRedirects(HttpClient.Redirect.NEVER)
                .connectTimeout(settings.connectTimeout())
                .build();
    }

    /** Gets one entity's JSON. Returns {@link BackendAnswer.Missing}, without a request, if the id is invalid. */
    public BackendAnswer get(BackendEntity entity, String id) {
        return entity.isId(id) ? get(entity.pathOf(id), MAX_BYTES) : new BackendAnswer.Missing();
    }

    /** Gets a page of a list. */
    public BackendAnswer list(BackendPage page) {
        return get(page.path(), MAX_PAGE_BYTES);
    }

    private BackendAnswer get(String path, int limit) {
        HttpRequest request = HttpRequest.newBuilder(URI.create(origin + path))
                .header("Authorization", "Bearer " + settings.secretKey())
                .header("Clerk-API-Version", VERSION)
                .header("Accept", "application/json")
                .header("User-Agent", "bellhop")
                .build();
        try {
            return answer(WholeAnswer.to(client, request, limit, settings.readTimeout()));
        } catch (HttpTimeoutException timedOut) {
            return new BackendAnswer.Unavailable("timed out");
        } catch (IOException fault) {
            // The exception's message may quote the response.
            return new BackendAnswer.Unavailable(fault.getClass().getSimpleName());
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return BackendAnswer.Unavailable.INTERRUPTED;
        }
    }

    private static BackendAnswer answer(HttpResponse<byte[]> response) {
        int status = response.statusCode();
        return switch (status) {
            case 200 -> new BackendAnswer.Found(response.body());
            case 401, 403 -> new BackendAnswer.Refused(status);
            case 404 ->
                isFromClerk(response.body())
                        ? new BackendAnswer.Missing()
                        : new BackendAnswer.Unavailable("status 404, but not from Clerk");
            case 429 ->
                new BackendAnswer.RateLimited(
                        pause(response.headers().firstValue("Retry-After").orElse("")));
            default -> new BackendAnswer.Unavailable("status " + status);
        };
    }

    /** A 404 from a proxy does not mean that the entity is missing. */
    private static boolean isFromClerk(byte[] body) {
        return new String(body, StandardCharsets.UTF_8).contains("\"errors\"");
    }

    private static Duration pause(String retryAfter) {
        if (!retryAfter.matches("\\d{1,9}")) {
            return DEFAULT_PAUSE;
        }
        Duration pause = Duration.ofSeconds(Math.max(1, Long.parseLong(retryAfter)));
        return pause.compareTo(MAX_PAUSE) > 0 ? MAX_PAUSE : pause;
    }

    /** Shows only the origin. */
    @Override
    public String toString() {
        return "BackendApi[" + origin + "]";
    }
}
