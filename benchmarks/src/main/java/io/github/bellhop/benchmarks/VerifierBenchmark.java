package io.github.bellhop.benchmarks;

import com.standardwebhooks.exceptions.WebhookVerificationException;
import io.github.bellhop.signature.DeliveryHeaders;
import io.github.bellhop.signature.Verification;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Warmup;

/**
 * The cost of verifying one delivery. A server has the body as bytes, so verifiers that take a string must
 * convert it first.
 */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
public class VerifierBenchmark {
    /** Called by JMH. */
    public VerifierBenchmark() {}

    /** The lower bound: only the MAC, already initialized, over the signed bytes in one piece. */
    @Benchmark
    public byte[] bareMac(SignedDelivery delivery) {
        return delivery.bareMac.doFinal(delivery.signedContent);
    }

    /** Bellhop, from the bytes and headers that a server provides. */
    @Benchmark
    public Verification bellhop(SignedDelivery delivery) {
        return delivery.bellhop.verify(DeliveryHeaders.of(delivery.svixHeaders), delivery.body);
    }

    /** Svix's library, from the bytes. */
    @Benchmark
    public String svixFromBytes(SignedDelivery delivery) throws Exception {
        String text = new String(delivery.body, StandardCharsets.UTF_8);
        delivery.svix.verify(text, delivery.svixHeaders);
        return text;
    }

    /** The Standard Webhooks library, from the bytes. */
    @Benchmark
    public String standardWebhooksFromBytes(SignedDelivery delivery) throws WebhookVerificationException {
        String text = new String(delivery.body, StandardCharsets.UTF_8);
        delivery.standardWebhooks.verify(text, delivery.standardHeaders);
        return text;
    }
}
