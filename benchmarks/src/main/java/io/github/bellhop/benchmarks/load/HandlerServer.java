package io.github.bellhop.benchmarks.load;

import io.github.bellhop.event.RoleEvent;
import io.github.bellhop.event.UserEvent;
import io.github.bellhop.receiver.SourceGate;
import io.github.bellhop.receiver.WebhookServlet;
import io.github.bellhop.server.serve.PublicPort;
import io.github.bellhop.server.settings.CheckedSettings;
import io.github.bellhop.server.settings.ProgramEnvironment;
import io.github.bellhop.server.settings.SettingsLoader;
import io.github.bellhop.signature.SignatureVerifier;
import io.github.bellhop.sync.SyncEngine;
import io.github.bellhop.sync.handle.HandlerOutcome;
import io.github.bellhop.sync.handle.Handlers;
import io.github.bellhop.sync.settings.SyncSettings;
import io.github.bellhop.sync.store.DatabaseSettings;
import io.github.bellhop.sync.store.Databases;
import io.github.bellhop.sync.store.OpenDatabase;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.Map;
import java.util.concurrent.CountDownLatch;

/**
 * The program's receiver with handlers, as in a Java app. Arguments: the number of handlers for events that never
 * arrive, and the number for new users.
 */
public final class HandlerServer {
    private HandlerServer() {}

    /** Runs until the process is stopped. */
    public static void main(String[] arguments) throws InterruptedException {
        Handlers.Builder handlers = Handlers.builder();
        for (int i = 0; i < Integer.parseInt(arguments[0]); i++) {
            handlers.on(RoleEvent.Created.class, "idle-" + i, (event, run) -> HandlerOutcome.done());
        }
        for (int i = 0; i < Integer.parseInt(arguments[1]); i++) {
            handlers.on(UserEvent.Created.class, "busy-" + i, (event, run) -> HandlerOutcome.done());
        }
        CheckedSettings settings =
                CheckedSettings.of(SettingsLoader.load(ProgramEnvironment.ofProcess(), Map.of(), Map.of()));
        SimpleMeterRegistry registry = new SimpleMeterRegistry();
        OpenDatabase open =
                Databases.open(new DatabaseSettings(System.getenv("BELLHOP_DATABASE_URL"), "postgres", "postgres"));
        SyncEngine engine = new SyncEngine(open.database(), SyncSettings.defaults(), handlers.build(), registry);
        engine.start();
        WebhookServlet servlet = new WebhookServlet(
                settings.all().path(),
                engine,
                SignatureVerifier.of(settings.secrets()),
                SourceGate.open(registry),
                settings.receiver(),
                registry);
        int port = new PublicPort(settings, servlet, engine::isReady).open();
        System.out.println("Receiving on port " + port + ", with "
                + handlers.build().names().size() + " handlers");
        new CountDownLatch(1).await();
    }
}
