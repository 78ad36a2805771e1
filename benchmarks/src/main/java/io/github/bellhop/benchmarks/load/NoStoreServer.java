package io.github.bellhop.benchmarks.load;

import io.github.bellhop.receiver.SourceGate;
import io.github.bellhop.receiver.WebhookServlet;
import io.github.bellhop.server.serve.PublicPort;
import io.github.bellhop.server.settings.CheckedSettings;
import io.github.bellhop.server.settings.ProgramEnvironment;
import io.github.bellhop.server.settings.SettingsLoader;
import io.github.bellhop.signature.SignatureVerifier;
import io.github.bellhop.sync.inbox.IncomingMessage;
import io.github.bellhop.sync.inbox.Intake;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.function.Consumer;

/** The program's public port without a store, to measure receiving and verifying only. */
public final class NoStoreServer {
    private NoStoreServer() {}

    private static final class Nowhere implements Intake {
        @Override
        public void submit(IncomingMessage message, Consumer<Receipt> answer) {
            answer.accept(Receipt.KEPT);
        }

        @Override
        public boolean isReady() {
            return true;
        }
    }

    /** Runs until the process is stopped. */
    public static void main(String[] arguments) throws InterruptedException {
        CheckedSettings settings =
                CheckedSettings.of(SettingsLoader.load(ProgramEnvironment.ofProcess(), Map.of(), Map.of()));
        SimpleMeterRegistry registry = new SimpleMeterRegistry();
        Nowhere nowhere = new Nowhere();
        WebhookServlet servlet = new WebhookServlet(
                settings.all().path(),
                nowhere,
                SignatureVerifier.of(settings.secrets()),
                SourceGate.open(registry),
                settings.receiver(),
                registry);
        int port = new PublicPort(settings, servlet, nowhere::isReady).open();
        System.out.println("Receiving on port " + port + ", storing nothing");
        new CountDownLatch(1).await();
    }
}
