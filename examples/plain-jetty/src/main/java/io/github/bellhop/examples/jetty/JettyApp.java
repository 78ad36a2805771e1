package io.github.bellhop.examples.jetty;

import io.github.bellhop.event.UserEvent;
import io.github.bellhop.receiver.ReceiverSettings;
import io.github.bellhop.receiver.SourceGate;
import io.github.bellhop.receiver.WebhookServlet;
import io.github.bellhop.signature.SignatureVerifier;
import io.github.bellhop.signature.SigningSecret;
import io.github.bellhop.sync.SyncEngine;
import io.github.bellhop.sync.handle.Handlers;
import io.github.bellhop.sync.settings.SyncSettings;
import io.github.bellhop.sync.store.DatabaseSettings;
import io.github.bellhop.sync.store.Databases;
import io.github.bellhop.sync.store.OpenDatabase;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.List;
import org.eclipse.jetty.ee11.servlet.ServletContextHandler;
import org.eclipse.jetty.ee11.servlet.ServletHolder;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.component.LifeCycle;

/** The app: a web server with the webhook and one page, an engine, and a handler that queues a welcome e-mail. */
public final class JettyApp implements AutoCloseable {
    static final String WEBHOOK_PATH = "/api/webhooks/clerk";

    private final OpenDatabase database;
    private final SyncEngine engine;
    private final ServerConnector connector;
    private final Server server;

    private JettyApp(OpenDatabase database, SyncEngine engine, ServerConnector connector, Server server) {
        this.database = database;
        this.engine = engine;
        this.connector = connector;
        this.server = server;
    }

    /**
     * Starts the app.
     *
     * @param port          0 for any free port
     * @param signingSecret the secret of Clerk's endpoint, {@code whsec_...}
     * @param databaseUrl   a JDBC URL of an SQLite file or a PostgreSQL database
     */
    static JettyApp start(int port, String signingSecret, String databaseUrl) throws Exception {
        OpenDatabase database = Databases.open(new DatabaseSettings(databaseUrl, null, null));
        SimpleMeterRegistry registry = new SimpleMeterRegistry();
        Handlers handlers = Handlers.builder()
                .on(UserEvent.Created.class, "welcome", new WelcomeMails())
                .build();
        SyncEngine engine = new SyncEngine(database.database(), SyncSettings.defaults(), handlers, registry);
        WelcomeMails.createTable(database.database().dataSource());
        engine.start();

        ServletHolder webhook = new ServletHolder(new WebhookServlet(
                null,
                engine,
                SignatureVerifier.of(List.of(SigningSecret.parse(signingSecret))),
                SourceGate.open(registry),
                ReceiverSettings.DEFAULT,
                registry));
        webhook.setAsyncSupported(true);
        ServletContextHandler context = new ServletContextHandler();
        context.addServlet(webhook, WEBHOOK_PATH);
        context.addServlet(new ServletHolder(new UserCount(database.database().dataSource())), "/users/count");

        Server server = new Server();
        ServerConnector connector = new ServerConnector(server);
        connector.setPort(port);
        server.addConnector(connector);
        server.setHandler(context);
        server.start();
        return new JettyApp(database, engine, connector, server);
    }

    int port() {
        return connector.getLocalPort();
    }

    /** Stops the web server first, then the engine, then the database. */
    @Override
    public void close() {
        LifeCycle.stop(server);
        engine.close();
        database.close();
    }

    /** Runs the app on port 8080, with the secret from the environment. */
    public static void main(String[] arguments) throws Exception {
        String secret = System.getenv("CLERK_WEBHOOK_SIGNING_SECRET");
        if (secret == null) {
            System.err.println(
                    "Set CLERK_WEBHOOK_SIGNING_SECRET to the endpoint's Signing Secret from the Clerk Dashboard.");
            System.exit(2);
        }
        JettyApp app = start(8080, secret, "jdbc:sqlite:app.db");
        Runtime.getRuntime().addShutdownHook(new Thread(app::close));
        app.server.join();
    }
}
