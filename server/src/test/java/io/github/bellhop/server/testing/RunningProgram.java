package io.github.bellhop.server.testing;

import io.github.bellhop.signature.MessageSigner;
import io.github.bellhop.signature.SigningSecret;
import io.github.bellhop.simulator.delivery.EventSender;
import io.github.bellhop.simulator.delivery.OutgoingMessage;
import io.github.bellhop.simulator.delivery.WireAnswer;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/**
 * A {@code bellhop serve} that accepts deliveries. Tests use {@link ProgramProcess} if they examine the process (its
 * output, signals, memory, exit code), and otherwise {@link ServerInside}, which starts in a tenth of the time.
 */
public interface RunningProgram extends AutoCloseable {
    /** The signing secret of every program that tests start, unless its environment sets another. */
    String SECRET = "whsec_dGhlIHNlY3JldCBvZiB0aGUgc2VydmVyIHRlc3Rz";

    /** The timeout for operations that take about a second on an idle machine. */
    Duration PATIENCE = Duration.ofSeconds(120);

    /** Returns the URL of a path on the public port. */
    URI url(String path);

    default URI webhook() {
        return url("/api/webhooks/clerk");
    }

    default WireAnswer send(OutgoingMessage message) {
        EventSender sender =
                new EventSender(webhook(), MessageSigner.with(SigningSecret.parse(SECRET)), InstantSource.system());
        try {
            return sender.send(message);
        } catch (InterruptedException stopped) {
            throw new IllegalStateException(stopped);
        }
    }

    /** Waits until the condition holds; fails after {@link #PATIENCE}, or at once when the program has ended. */
    default void await(String what, BooleanSupplier condition) {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > end || !isAlive()) {
                throw new AssertionError("timed out waiting until " + what + describe());
            }
            LockSupport.parkNanos(20_000_000);
        }
    }

    boolean isAlive();

    /** Returns details for the error message of {@link #await}. */
    default String describe() {
        return "";
    }

    @Override
    void close();
}
