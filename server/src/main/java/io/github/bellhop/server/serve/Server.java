package io.github.bellhop.server.serve;

import io.github.bellhop.receiver.AllowlistMode;
import io.github.bellhop.receiver.AllowlistRefresher;
import io.github.bellhop.receiver.SourceGate;
import io.github.bellhop.receiver.WebhookServlet;
import io.github.bellhop.server.feed.Feed;
import io.github.bellhop.server.settings.CheckedSettings;
import io.github.bellhop.signature.SignatureVerifier;
import io.github.bellhop.sync.SyncEngine;
import io.github.bellhop.sync.store.Databases;
import io.github.bellhop.sync.store.OpenDatabase;
import io.github.bellhop.sync.store.SchemaException;
import io.micrometer.core.instrument.MeterRegistry;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.Banner;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.web.server.PortInUseException;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;

/**
 * The running program. It opens the operator's port, the engine and the public port in this order, and closes them in
 * the reverse order. If the database cannot be reached yet, the program waits for it and answers deliveries with 503.
 */
public final class Server implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(Server.class);

    private static final Duration READY_STEP = Duration.ofMillis(20);

    /** The public port opens after this time even during a long migration, so that the program appears alive. */
    private static final Duration MAX_OPENING = Duration.ofSeconds(20);

    private final CheckedSettings settings;
    private final ScratchFolder scratch = ScratchFolder.create();
    private final List<Runnable> last = new CopyOnWriteArrayList<>();
    private final @Nullable SqliteFileLock fileLock;
    private final Feed feed;
    private final ConfigurableApplicationContext console;
    private final OpenDatabase database;
    private final SyncEngine engine;
    private final AllowlistRefresher allowlist;
    private final PublicPort publicPort;
    private final CompletableFuture<SchemaException> failure = new CompletableFuture<>();
    private final Thread shutdownHook = new Thread(this::endOnSignal, "bellhop-shutdown");
    private int port;
    private boolean closed;

    private Server(CheckedSettings settings) {
        this.settings = settings;
        fileLock = SqliteFileLock.of(Databases.sqliteFile(settings.database().url()));
        // SQLite's driver extracts its native library to this folder.
        System.setProperty("org.sqlite.tmpdir", scratch.path().toString());
        feed = new Feed(InstantSource.system());
        console = startConsole(settings, feed, scratch.path());
        MeterRegistry registry = console.getBean(MeterRegistry.class);
        database = Databases.open(settings.database());
        engine = new SyncEngine(database.database(), settings.sync(), registry);
        allowlist = new AllowlistRefresher(
                settings.all().allowlist().url(), settings.all().allowlist().file(), InstantSource.system(), registry);
        WebhookServlet webhook = new WebhookServlet(
                settings.all().path(),
                engine,
                SignatureVerifier.of(settings.secrets()),
                new SourceGate(settings.all().ipAllowlist(), settings.clientAddress(), allowlist, registry),
                settings.receiver(),
                registry);
        publicPort = new PublicPort(settings, webhook, engine::isReady);
    }

    /**
     * Starts the program. It runs until it is closed or the process is stopped.
     *
     * @throws PortTakenException if a port cannot be opened
     */
    public static Server start(CheckedSettings settings) {
        Server server = new Server(settings);
        try {
            server.open();
            return server;
        } catch (RuntimeException fault) {
            server.close();
            throw fault;
        }
    }

    private void open() {
        engine.startWhenReachable(failure::complete);
        if (settings.all().ipAllowlist() != AllowlistMode.OFF) {
            allowlist.start(settings.all().allowlist().refreshInterval());
        }
        // Until the first attempt ends, every delivery would be rejected, so the port stays closed.
        engine.awaitFirstAttempt(MAX_OPENING);
        port = publicPort.open();
        feed.open(database.database());
        Runtime.getRuntime().addShutdownHook(shutdownHook);
        log.info(
                "Accepting deliveries on port {} at {}; the database is {}",
                port,
                settings.all().path(),
                settings.database());
    }

    /** Registers work to run after a signal, when everything is closed and before the process ends. */
    public void lastly(Runnable work) {
        last.add(work);
    }

    /**
     * Shuts down and ends the process. A JVM that receives a signal would exit with 143 even after a clean shutdown. If
     * the program is already ending, its own exit code is kept.
     */
    private void endOnSignal() {
        if (closeNow()) {
            last.forEach(Runnable::run);
            System.out.flush();
            Runtime.getRuntime().halt(0);
        }
    }

    private static ConfigurableApplicationContext startConsole(CheckedSettings settings, Feed feed, Path scratch) {
        SpringApplication application = new SpringApplication(ConsoleConfiguration.class);
        application.setBannerMode(Banner.Mode.OFF);
        application.setLogStartupInfo(false);
        application.setRegisterShutdownHook(false);
        Map<String, Object> properties = consoleProperties(settings);
        properties.put("server.tomcat.basedir", scratch.toString());
        application.setDefaultProperties(properties);
        application.addInitializers(context -> {
            LibraryLogCap.install();
            context.getBeanFactory().registerSingleton("settings", settings);
            context.getBeanFactory().registerSingleton("feed", feed);
        });
        try {
            return application.run();
        } catch (RuntimeException fault) {
            for (Throwable cause = fault; cause != null; cause = cause.getCause()) {
                if (cause instanceof PortInUseException) {
                    throw new PortTakenException(
                            "BELLHOP_CONSOLE_PORT",
                            settings.all().console().address(),
                            settings.all().console().port(),
                            fault);
                }
            }
            throw fault;
        }
    }

    private static Map<String, Object> consoleProperties(CheckedSettings settings) {
        Map<String, Object> properties = new LinkedHashMap<>();
        properties.put("server.port", settings.all().console().port());
        properties.put("server.address", settings.all().console().address());
        properties.put("server.forward-headers-strategy", "none");
        properties.put("server.error.whitelabel.enabled", false);
        properties.put("management.endpoints.web.base-path", "/");
        properties.put("management.endpoints.web.path-mapping.prometheus", "metrics");
        properties.put("management.endpoints.web.exposure.include", "prometheus");
        properties.put("management.endpoints.web.discovery.enabled", false);
        properties.put("logging.level.root", "INFO");
        properties.put("logging.level.org.flywaydb", "WARN");
        properties.put("logging.level.org.springframework", "WARN");
        properties.put("logging.level.com.zaxxer", "WARN");
        properties.put("logging.level.org.eclipse.jetty", "WARN");
        // The caller reports a failed start, so Spring does not report it again.
        properties.put("logging.level.org.springframework.boot.diagnostics.LoggingFailureAnalysisReporter", "OFF");
        properties.put("logging.level.org.springframework.boot.web.server.servlet.context", "ERROR");
        properties.put("spring.main.web-application-type", "servlet");
        properties.put("spring.jmx.enabled", false);
        if (settings.all().logFormat().word().equals("json")) {
            properties.put("logging.structured.format.console", "logstash");
        }
        return properties;
    }

    /**
     * Waits until the program fails; never returns normally.
     *
     * @throws SchemaException if the tables cannot be created or updated
     */
    public void await() throws InterruptedException {
        try {
            throw failure.get();
        } catch (ExecutionException never) {
            throw new IllegalStateException(never);
        }
    }

    /** Waits until messages can be stored, or until the server fails or is closed. */
    public void awaitReady() throws InterruptedException {
        while (!engine.isReady() && !failure.isDone() && !isClosed()) {
            Thread.sleep(READY_STEP.toMillis());
        }
    }

    private synchronized boolean isClosed() {
        return closed;
    }

    /** The number of the open public port. */
    public int port() {
        return port;
    }

    /** The number of the open operator's port. */
    public int consolePort() {
        var webServer = ((WebServerApplicationContext) console).getWebServer();
        return webServer == null ? -1 : webServer.getPort();
    }

    /** Closes the public port, answers the deliveries in progress, and shuts down; a second call does nothing. */
    @Override
    public void close() {
        boolean unused = closeNow();
        try {
            Runtime.getRuntime().removeShutdownHook(shutdownHook);
        } catch (IllegalStateException shuttingDown) {
            // The hook runs too, but everything is already closed.
        }
    }

    private synchronized boolean closeNow() {
        if (closed) {
            return false;
        }
        closed = true;
        log.info("Shutting down: accepting no new deliveries, answering deliveries in progress");
        publicPort.close();
        // The operator's port waits for open requests, and feed streams do not end by themselves.
        feed.close();
        engine.close();
        allowlist.close();
        console.close();
        database.close();
        if (fileLock != null) {
            fileLock.close();
        }
        scratch.close();
        return true;
    }
}
