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
 * A client of Clerk's Backend API that only reads. It makes one request per call: no retries, no redirects, an answer
 * of at most 1 MiB (a page: 16) within the time-outs. Every outcome is a value. The secret key is in the request's header and nowhere
 * else. Thread-safe.
 */
public final class BackendApi {
    /** The version of the API whose shapes are expected; without one Clerk's choice is not documented. */
    static final String VERSION = "2026-05-12";

    private static final int MAX_BYTES = 1024 * 1024;
    private static final int MAX_PAGE_BYTES = 16 * 1024 * 1024;
    private static final Duration USUAL_PAUSE = Duration.ofSeconds(10);
    private static final Duration LONGEST_PAUSE = Duration.ofHours(1);

    private final BackendApiSettings settings;
    private final String origin;
    private final HttpClient client;

    /** A client; nothing is connected yet. */
    public BackendApi(BackendApiSettings settings) {
        this.settings = settings;
        this.origin = settings.url().toString().replaceFirst("/$", "");
        this.client = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .followRedirects(HttpClient.Redirect.NEVER)
                .connectTimeout(settings.connectTimeout())
                .build();
    }

    /** One entity's JSON. What has not the form of an id is missing, and is not asked for. */
    public BackendAnswer get(BackendEntity entity, String id) {
        return entity.isId(id) ? get(entity.pathOf(id), MAX_BYTES) : new BackendAnswer.Missing();
    }

    /** A page of a list. */
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
        } catch (HttpTimeoutException late) {
            return new BackendAnswer.Unavailable("no answer in time");
        } catch (IOException fault) {
            // Its message may quote what the other side sent.
            return new BackendAnswer.Unavailable(fault.getClass().getSimpleName());
        } catch (InterruptedException stopped) {
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
                isOfClerk(response.body())
                        ? new BackendAnswer.Missing()
                        : new BackendAnswer.Unavailable("status 404, and not by Clerk");
            case 429 ->
                new BackendAnswer.RateLimited(
                        pause(response.headers().firstValue("Retry-After").orElse("")));
            default -> new BackendAnswer.Unavailable("status " + status);
        };
    }

    /** A 404 of something in between says nothing about a user. */
    private static boolean isOfClerk(byte[] body) {
        return new String(body, StandardCharsets.UTF_8).contains("\"errors\"");
    }

    private static Duration pause(String retryAfter) {
        if (!retryAfter.matches("\\d{1,9}")) {
            return USUAL_PAUSE;
        }
        Duration pause = Duration.ofSeconds(Math.max(1, Long.parseLong(retryAfter)));
        return pause.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : pause;
    }

    /** Where it asks. */
    @Override
    public String toString() {
        return "BackendApi[" + origin + "]";
    }
}
