package io.github.bellhop.simulator.svix.api;

import io.github.bellhop.simulator.http.ApiRequest;
import io.github.bellhop.simulator.http.ApiResponse;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Answers a POST that comes again under the same key as it was answered before, for 12 hours. Only good answers are
 * kept, and only the newest {@value #MOST}. POSTs with a key go one after the other, so that two of one key cannot meet.
 */
final class IdempotencyKeys {
    private static final Duration KEPT = Duration.ofHours(12);
    private static final int MOST = 2_000;

    private final InstantSource clock;
    private final Map<Key, Kept> answers = new LinkedHashMap<>();

    private record Key(@Nullable String token, String key, String path) {}

    private record Kept(ApiResponse answer, Instant until) {}

    IdempotencyKeys(InstantSource clock) {
        this.clock = clock;
    }

    ApiResponse once(ApiRequest request, Supplier<ApiResponse> answer) {
        String key = request.header("idempotency-key");
        return key == null || !request.method().equals("POST")
                ? answer.get()
                : once(new Key(request.bearerToken(), key, String.join("/", request.path())), answer);
    }

    private synchronized ApiResponse once(Key key, Supplier<ApiResponse> answer) {
        Instant now = clock.instant();
        Kept kept = answers.get(key);
        if (kept != null && now.isBefore(kept.until())) {
            return kept.answer();
        }
        ApiResponse fresh = answer.get();
        answers.remove(key);
        if (fresh.status() >= 200 && fresh.status() < 300) {
            if (answers.size() >= MOST) {
                answers.remove(answers.keySet().iterator().next());
            }
            answers.put(key, new Kept(fresh, now.plus(KEPT)));
        }
        return fresh;
    }
}
