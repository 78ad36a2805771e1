package io.github.bellhop.sync.backend;

import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodySubscriber;
import java.net.http.HttpResponse.BodySubscribers;
import java.net.http.HttpTimeoutException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Flow.Subscription;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * Sends HTTP requests, with limits on the size of the answer and on the time until it is complete.
 *
 * @hidden
 */
public final class WholeAnswer {
    private WholeAnswer() {}

    /**
     * Sends a request and waits for the whole answer. The JDK's own request timeout covers only the headers, so a slow
     * body could take forever.
     *
     * @param limit   the maximum size of the body, in bytes
     * @param timeout the time limit for the whole answer
     * @throws IOException if the answer is not complete before the timeout, or is too large
     */
    public static HttpResponse<byte[]> to(HttpClient client, HttpRequest request, int limit, Duration timeout)
            throws IOException, InterruptedException {
        CompletableFuture<HttpResponse<byte[]>> answer = client.sendAsync(request, head -> new LimitedBody(limit));
        try {
            return answer.get(timeout.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException failed) {
            throw failed.getCause() instanceof IOException known ? known : new IOException(failed.getCause());
        } catch (TimeoutException timedOut) {
            throw new HttpTimeoutException("no complete answer within " + timeout.toSeconds() + " s");
        } finally {
            answer.cancel(true);
        }
    }

    /** Collects a body up to a size limit. If the body is larger, the request fails and the rest is not read. */
    private static final class LimitedBody implements BodySubscriber<byte[]> {
        private final BodySubscriber<byte[]> whole = BodySubscribers.ofByteArray();
        private final long limit;
        private long received;
        private @Nullable Subscription subscription;

        LimitedBody(long limit) {
            this.limit = limit;
        }

        @Override
        public void onSubscribe(Subscription started) {
            subscription = started;
            whole.onSubscribe(started);
        }

        @Override
        public void onNext(List<ByteBuffer> buffers) {
            if (received > limit) {
                return;
            }
            for (ByteBuffer buffer : buffers) {
                received += buffer.remaining();
            }
            if (received <= limit) {
                whole.onNext(buffers);
                return;
            }
            if (subscription != null) {
                subscription.cancel();
            }
            whole.onError(new IOException("more than " + limit + " bytes"));
        }

        @Override
        public void onError(Throwable fault) {
            whole.onError(fault);
        }

        @Override
        public void onComplete() {
            whole.onComplete();
        }

        @Override
        public CompletionStage<byte[]> getBody() {
            return whole.getBody();
        }
    }
}
